package dev.gatehouse.runtime.tls;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** A private key in PEM that is encrypted with a password (PKCS#8, {@code ENCRYPTED PRIVATE KEY}). */
final class EncryptedKey {
  private static final Pattern BLOCK = Pattern.compile(
      "-----BEGIN ENCRYPTED PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END ENCRYPTED PRIVATE KEY-----");

  private static final String PBES2 = "PBES2";

  private EncryptedKey() {}

  /** The same without encryption; what is not encrypted as it is. */
  static Buffer decrypted(Buffer pem, @Nullable String password)
      throws GeneralSecurityException, IOException {
    Matcher block = BLOCK.matcher(pem.toString(StandardCharsets.ISO_8859_1));
    if (!block.find()) {
      return pem;
    }
    if (password == null) {
      throw new GeneralSecurityException("encrypted, and no password is given");
    }
    EncryptedPrivateKeyInfo info =
        new EncryptedPrivateKeyInfo(Base64.getMimeDecoder().decode(block.group(1)));
    // The parameters of PBES2 name the algorithms that its own name leaves open.
    String algorithm =
        info.getAlgName().equals(PBES2) ? info.getAlgParameters().toString() : info.getAlgName();
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.DECRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(password.toCharArray())),
        info.getAlgParameters());
    String plain =
        Base64.getMimeEncoder().encodeToString(info.getKeySpec(cipher).getEncoded());
    return Buffer.buffer("-----BEGIN PRIVATE KEY-----\n" + plain + "\n-----END PRIVATE KEY-----\n");
  }
}

using System.Text;

namespace MiniTrader.Fix;

/// <summary>
/// The secret key of a signed logon: an Ed25519 key (PEM, or the Base64 of PKCS#8 or of the 32-byte seed), a Base64 HMAC secret, or an access
/// secret. It comes from an environment variable or a file, and nothing shows it.
/// </summary>
public sealed class LogonCredentials
{
    private static ReadOnlySpan<byte> Ed25519Prefix => [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

    private readonly string _text;

    private LogonCredentials(string text) => _text = text;

    /// <summary>The text of an environment variable, or a throw that names it.</summary>
    public static LogonCredentials FromEnvironment(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? new(text.Trim())
            : throw new ArgumentException($"The environment variable {variable}, which should hold the key of the FIX logon, is not set.");

    /// <summary>The whole text of a file, or a throw that names it.</summary>
    public static LogonCredentials FromFile(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"The file {path}, which should hold the key of the FIX logon, is not there.", path);
        string text = File.ReadAllText(path).Trim();
        return text.Length > 0 ? new(text) : throw new ArgumentException($"The file {path}, which should hold the key of the FIX logon, is empty.");
    }

    public override string ToString() => "***";

    internal byte[] Bytes() => Encoding.UTF8.GetBytes(_text);

    /// <summary>The Base64-decoded text.</summary>
    internal byte[] Decoded()
    {
        try
        {
            return Convert.FromBase64String(_text);
        }
        catch (FormatException)
        {
            throw new ArgumentException("The key of the FIX logon is not in Base64.");
        }
    }

    /// <summary>The 32 bytes that an Ed25519 key grows from.</summary>
    internal byte[] Ed25519Seed()
    {
        string base64 = string.Concat(_text.Split('\n').Where(line => !line.StartsWith("-----", StringComparison.Ordinal)).Select(line => line.Trim()));
        byte[] key = new LogonCredentials(base64).Decoded();
        if (key.Length == 32) return key;
        if (key.Length == Ed25519Prefix.Length + 32 && key.AsSpan().StartsWith(Ed25519Prefix)) return key[Ed25519Prefix.Length..];
        throw new ArgumentException("The key of the FIX logon is no Ed25519 private key in PKCS#8 and no seed of 32 bytes.");
    }
}

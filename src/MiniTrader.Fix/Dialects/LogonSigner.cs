using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace MiniTrader.Fix;

/// <summary>
/// Adds to a logon what its dialect demands beyond user name and password: a signature over its own fields, or a nonce and its hash. Used once for each
/// connection, on the FIX thread.
/// </summary>
public sealed class LogonSigner
{
    private const int NonceBytes = 32;
    private const char Separator = '\u0001';

    private readonly FixDialect _dialect;
    private readonly LogonCredentials? _credentials;

    /// <param name="dialect">Says how.</param>
    /// <param name="credentials">The key; null for a dialect that signs nothing.</param>
    /// <exception cref="ArgumentException">The dialect needs a key and there is none, or it is of another form.</exception>
    public LogonSigner(FixDialect dialect, LogonCredentials? credentials)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        _dialect = dialect;
        _credentials = credentials;
        if (dialect.Logon == LogonProof.Password) return;
        if (credentials is null) throw new ArgumentException($"FIX dialect {dialect.Name} signs its logon and needs a key, from an environment variable or a file.");
        if (dialect.Logon == LogonProof.Ed25519) credentials.Ed25519Seed();
        else if (dialect.Logon == LogonProof.Hmac) credentials.Decoded();
    }

    /// <summary>Appends to a logon whose header, 98, 108, 141, 553 and 554 are written.</summary>
    /// <param name="logon">The logon so far.</param>
    /// <param name="settings">The session's, for its names and password.</param>
    public void Write(ref FixWriter logon, SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        switch (_dialect.Logon)
        {
            case LogonProof.Ed25519:
                WriteEd25519(ref logon, settings);
                break;
            case LogonProof.Hmac:
                WriteHmac(ref logon, settings);
                break;
            case LogonProof.NonceHash:
                WriteNonceHash(ref logon);
                break;
        }

        foreach ((int tag, string value) in _dialect.LogonFields) logon.Text(tag, value);
    }

    /// <summary>The type, the names, the number and the time, joined by the delimiter, signed.</summary>
    private void WriteEd25519(ref FixWriter logon, SessionSettings settings)
    {
        string payload = string.Join(
            Separator, "A", settings.Id.SenderCompId, settings.Id.TargetCompId, Field(logon.Written, Tags.MsgSeqNum), Field(logon.Written, Tags.SendingTime));
        byte[] bytes = Encoding.ASCII.GetBytes(payload);
        Ed25519Signer signer = new();
        signer.Init(forSigning: true, new Ed25519PrivateKeyParameters(_credentials!.Ed25519Seed()));
        signer.BlockUpdate(bytes, 0, bytes.Length);
        WriteRawData(ref logon, Convert.ToBase64String(signer.GenerateSignature()));
    }

    /// <summary>Time, type, number, names and passphrase, joined by the delimiter.</summary>
    private void WriteHmac(ref FixWriter logon, SessionSettings settings)
    {
        string payload = string.Join(
            Separator, Field(logon.Written, Tags.SendingTime), "A", Field(logon.Written, Tags.MsgSeqNum), settings.Id.SenderCompId, settings.Id.TargetCompId,
            settings.Password?.Reveal() ?? "");
        WriteRawData(ref logon, Convert.ToBase64String(HMACSHA256.HashData(_credentials!.Decoded(), Encoding.UTF8.GetBytes(payload))));
    }

    /// <summary>Milliseconds, a point and random bytes in Base64; the password is their hash with the secret.</summary>
    private void WriteNonceHash(ref FixWriter logon)
    {
        FieldValue.TryParseTimestamp(Encoding.ASCII.GetBytes(Field(logon.Written, Tags.SendingTime)), out Model.Timestamp time);
        string raw = $"{time.Nanoseconds / Model.Timestamp.NanosecondsPerMillisecond}.{Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes))}";
        byte[] hash = SHA256.HashData([.. Encoding.ASCII.GetBytes(raw), .. _credentials!.Bytes()]);
        WriteRawData(ref logon, raw);
        logon.Text(Tags.Password, Convert.ToBase64String(hash));
    }

    private static void WriteRawData(ref FixWriter logon, string text) => logon.Data(Tags.RawDataLength, Tags.RawData, Encoding.ASCII.GetBytes(text));

    private static string Field(ReadOnlySpan<byte> written, int tag)
    {
        Span<byte> prefix = stackalloc byte[FieldText.NumberBytesMax + 2];
        prefix[0] = FieldScanner.Delimiter;
        int length = 1 + FieldText.WriteInt(ref prefix[1], tag);
        prefix[length++] = (byte)'=';
        int start = written.IndexOf(prefix[..length]) + length;
        return start < length ? "" : Encoding.ASCII.GetString(written[start..(start + written[start..].IndexOf(FieldScanner.Delimiter))]);
    }
}

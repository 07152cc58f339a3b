using System.Buffers.Text;

namespace MiniTrader.Fix;

/// <summary>Copies a message for people to read, without the secrets that a logon or user request carries.</summary>
internal static class SecretMask
{
    private const byte Delimiter = 1;

    /// <summary>Copies the message and answers the length of the copy, which is never longer than the message and three bytes for each secret.</summary>
    public static int Copy(ReadOnlySpan<byte> message, Span<byte> target)
    {
        if (!MayHoldSecrets(message))
        {
            message.CopyTo(target);
            return message.Length;
        }

        int used = 0, dataLength = 0;
        while (!message.IsEmpty)
        {
            int equals = message.IndexOf((byte)'=');
            if (equals < 0 || !Utf8Parser.TryParse(message[..equals], out int tag, out int digits) || digits != equals) break;
            int end = dataLength > 0 && dataLength < message.Length - equals ? equals + 1 + dataLength : message.IndexOf(Delimiter);
            if (end < 0 || end >= message.Length) break;
            bool isSecret = tag is Tags.Password or Tags.RawData or 925 or 1402 or 1404;
            ReadOnlySpan<byte> shown = isSecret ? message[..(equals + 1)] : message[..end];
            shown.CopyTo(target[used..]);
            used += shown.Length;
            if (isSecret)
            {
                "***"u8.CopyTo(target[used..]);
                used += 3;
            }

            target[used++] = Delimiter;
            dataLength = tag is Tags.RawDataLength or 1401 or 1403 && Utf8Parser.TryParse(message[(equals + 1)..end], out int length, out _) ? length : 0;
            message = message[(end + 1)..];
        }

        return used;
    }

    // 35=A and 35=BE: logon and user request.
    private static bool MayHoldSecrets(ReadOnlySpan<byte> message)
    {
        int type = message.IndexOf("\u000135="u8);
        return type < 0 || message[(type + 4)..].StartsWith("A\u0001"u8) || message[(type + 4)..].StartsWith("BE\u0001"u8);
    }
}

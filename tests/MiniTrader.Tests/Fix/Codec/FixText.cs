using System.Globalization;
using System.Text;

namespace MiniTrader.Tests.Fix;

/// <summary>Messages as people write them: <c>|</c> for the delimiter, length and checksum filled in where they are left out.</summary>
internal static class FixText
{
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.Replace('|', '\u0001'));

    public static string Show(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes).Replace('\u0001', '|');

    /// <summary>A whole message from its BeginString and what stands between tags 9 and 10.</summary>
    public static byte[] Message(string body, string beginString = "FIX.4.4")
    {
        byte[] bodyBytes = Bytes(body);
        byte[] head = Bytes(string.Create(CultureInfo.InvariantCulture, $"8={beginString}|9={bodyBytes.Length}|"));
        byte[] all = [.. head, .. bodyBytes];
        int sum = all.Sum(b => b) % 256;
        return [.. all, .. Bytes(string.Create(CultureInfo.InvariantCulture, $"10={sum:D3}|"))];
    }
}

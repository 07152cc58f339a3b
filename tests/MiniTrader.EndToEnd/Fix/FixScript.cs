using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace MiniTrader.EndToEnd.Fix;

/// <summary>
/// One of QuickFIX's acceptance scripts, played against an acceptor over real sockets. Lines: <c>iCONNECT</c>, <c>iDISCONNECT</c>, <c>eDISCONNECT</c>, <c>I…</c> sent,
/// <c>E…</c> expected, <c>i2,CONNECT</c> and <c>I2,…</c> for a second connection, <c>sleep(s)</c>, <c>#</c> comments.
/// </summary>
internal sealed partial class FixScript(string path, int port)
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(20);

    // Times and checksums differ each time: only their form is compared.
    private static readonly Dictionary<int, Regex> _byPattern = new()
    {
        [10] = ThreeDigits(),
        [42] = Time(),
        [52] = Time(),
        [60] = Time(),
        [122] = Time(),
    };

    private readonly Dictionary<int, FixWire> _wires = [];

    /// <summary>Null when every line held, otherwise the line and what was wrong.</summary>
    public async Task<string?> PlayAsync()
    {
        int number = 0;
        try
        {
            foreach (string raw in await File.ReadAllLinesAsync(path, Encoding.Latin1))
            {
                number++;
                string line = raw.Replace("ï»¿", "", StringComparison.Ordinal).Trim(' ', '\t', '\r', '\n');
                if (line.Length == 0 || line[0] == '#') continue;
                if (await PlayLineAsync(line) is { } wrong) return $"line {number}: {wrong}";
            }

            return null;
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            return $"line {number}: {e.Message}";
        }
        finally
        {
            foreach (FixWire wire in _wires.Values) wire.Dispose();
        }
    }

    private async Task<string?> PlayLineAsync(string line)
    {
        if (Sleep().Match(line) is { Success: true } sleep)
        {
            await Task.Delay(TimeSpan.FromSeconds(double.Parse(sleep.Groups[1].Value, CultureInfo.InvariantCulture)));
            return null;
        }

        using CancellationTokenSource limit = new(_limit);
        if (Connection().Match(line) is { Success: true } connection)
        {
            int which = connection.Groups[2].Length > 0 ? int.Parse(connection.Groups[2].Value, CultureInfo.InvariantCulture) : 1;
            if (connection.Groups[3].Value == "CONNECT") _wires[which] = await FixWire.ConnectAsync(port, limit.Token);
            else if (connection.Groups[1].Value == "i") _wires[which].Dispose();
            else return await _wires[which].ReadEndAsync(limit.Token) is { } more ? $"more was sent before the end: {Show(more)}" : null;
            return null;
        }

        Match message = Message().Match(line);
        if (!message.Success) return $"'{line}' is no line of a script";
        FixWire wire = _wires[message.Groups[2].Length > 0 ? int.Parse(message.Groups[2].Value, CultureInfo.InvariantCulture) : 1];
        string text = Complete(message.Groups[3].Value);
        if (message.Groups[1].Value == "I")
        {
            await wire.SendAsync(Encoding.Latin1.GetBytes(text), limit.Token);
            return null;
        }

        string? got = await wire.ReadMessageAsync(limit.Token);
        return got is null ? $"the connection ended where {Show(text)} was expected" : Compare(text, got);
    }

    /// <summary>Puts times, body length and checksum where the line has none.</summary>
    private static string Complete(string text)
    {
        static string At(double days) => DateTime.UtcNow.AddDays(days).ToString("yyyyMMdd-HH:mm:ss", CultureInfo.InvariantCulture);
        text = Shifted().Replace(text.Replace("<TIME>", At(0), StringComparison.Ordinal), m => At(int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)));
        int bodyStart = text.IndexOf('\u0001', StringComparison.Ordinal) + 1;
        if (!text.StartsWith("8=", StringComparison.Ordinal) || bodyStart == 0) return text;
        bool hasLength = text[bodyStart..].StartsWith("9=", StringComparison.Ordinal);
        Match checksum = Checksum().Match(text);
        if (hasLength && checksum.Success) return text;
        if (!hasLength)
        {
            int end = checksum.Success ? checksum.Index + 1 : text.Length;
            text = string.Create(CultureInfo.InvariantCulture, $"{text[..bodyStart]}9={end - bodyStart}\u0001{text[bodyStart..]}");
        }

        return checksum.Success ? text : string.Create(CultureInfo.InvariantCulture, $"{text}10={text.Sum(c => c) % 256:D3}\u0001");
    }

    private static string? Compare(string expected, string got)
    {
        string[] wanted = expected.TrimEnd('\u0001').Split('\u0001'), had = got.TrimEnd('\u0001').Split('\u0001');
        for (int i = 0; i < Math.Min(wanted.Length, had.Length); i++)
        {
            string[] want = wanted[i].Split('=', 2), have = had[i].Split('=', 2);
            bool isSame = want[0] == have[0]
                && (_byPattern.TryGetValue(int.Parse(want[0], CultureInfo.InvariantCulture), out Regex? pattern) ? pattern.IsMatch(have[1]) : want[1] == have[1]);
            if (!isSame) return $"{had[i]} where {wanted[i]} was expected\n  expected {Show(expected)}\n  got      {Show(got)}";
        }

        return wanted.Length == had.Length ? null : $"{had.Length} fields where {wanted.Length} were expected\n  expected {Show(expected)}\n  got      {Show(got)}";
    }

    private static string Show(string text) => text.Replace('\u0001', '|');

    [GeneratedRegex(@"^sleep\(([\d.]+)\)$")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"^([ie])(\d*),?(CONNECT|DISCONNECT)$")]
    private static partial Regex Connection();

    [GeneratedRegex(@"^([IE])(?:(\d+),)?(.*)$", RegexOptions.Singleline)]
    private static partial Regex Message();

    [GeneratedRegex(@"<TIME([+-]\d+)>")]
    private static partial Regex Shifted();

    [GeneratedRegex("\u000110=[0-9]+\u0001$")]
    private static partial Regex Checksum();

    [GeneratedRegex(@"^\d{3}$")]
    private static partial Regex ThreeDigits();

    [GeneratedRegex(@"^\d{8}-\d\d:\d\d:\d\d")]
    private static partial Regex Time();
}

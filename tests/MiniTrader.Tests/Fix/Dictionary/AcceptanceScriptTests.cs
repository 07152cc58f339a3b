using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MiniTrader.Fix;
using Xunit;

namespace MiniTrader.Tests.Fix;

/// <summary>
/// Every message that a public acceptance script sends, against the dictionary that the scripts assume: what the script expects to be rejected for
/// its content is rejected with the same reason, tag and text, and nothing else is.
/// </summary>
public sealed partial class AcceptanceScriptTests
{
    /// <summary>What the session finds, not the dictionary: CompIDs, times, a sequence reset that goes back, a missing OrigSendingTime.</summary>
    private static readonly string[] _sessionRejects = ["9|", "10|", "5||", "1|122|"];

    [Fact]
    public void Validation_agrees_with_every_script_in_reason_tag_and_text()
    {
        string folder = FindScripts();
        FixDictionary dictionary = FixDictionary.Load(Path.Combine(folder, "dict", "FIX44.xml"));
        MessageValidator validator = new(dictionary);
        FixParser parser = new(dataFields: dictionary.DataFields);
        int rejects = 0, passes = 0;
        foreach (string file in Directory.GetFiles(Path.Combine(folder, "fix44"), "*.def").Order(StringComparer.Ordinal))
        {
            (char Kind, byte[] Bytes)[] lines = ReadLines(file);
            for (int i = 0; i < lines.Length; i++)
            {
                if (lines[i].Kind != 'I' || parser.Parse(lines[i].Bytes, out FixMessage message, out _) != ParseStatus.Message) continue;
                ValidationResult result = validator.Validate(message);
                string where = $"{Path.GetFileName(file)}: {FixText.Show(lines[i].Bytes)}";
                string sequence = Encoding.ASCII.GetString(message.Fields.Get(Tags.MsgSeqNum));
                string? expected = lines.Skip(i + 1)
                    .TakeWhile(line => line.Kind == 'E' || !FixText.Show(line.Bytes).Contains($"|34={sequence}|", StringComparison.Ordinal))
                    .Where(line => line.Kind == 'E').Select(line => ReadReject(line.Bytes, sequence)).FirstOrDefault(reject => reject is not null);
                string? found = result.IsOk ? null : $"{(int)result.Reason}|{(result.HasRefTag ? result.RefTag.ToString(CultureInfo.InvariantCulture) : "")}|{result}";
                if (expected is not null && _sessionRejects.Any(reject => expected.StartsWith(reject, StringComparison.Ordinal))) continue;
                Assert.True(expected == found || (expected is null && IsJudgedBySession(message)), $"{where}\n expected {expected ?? "ok"}, found {found ?? "ok"}");
                if (found is null) passes++;
                else rejects++;
            }
        }

        Assert.True(rejects > 15 && passes > 200, $"{rejects} rejects and {passes} passes are fewer than the scripts hold.");
    }

    /// <summary>A message of another version or with a wrong CompID is answered before its content is looked at.</summary>
    private static bool IsJudgedBySession(FixMessage message) =>
        !message.BeginString.SequenceEqual("FIX.4.4"u8) || !message.Fields.Get(Tags.SenderCompID).SequenceEqual("TW"u8) || message.IsPossDup;

    private static string? ReadReject(byte[] line, string sequence)
    {
        string text = FixText.Show(line);
        if (!text.Contains("|35=3|", StringComparison.Ordinal) || !text.Contains($"|45={sequence}|", StringComparison.Ordinal)) return null;
        return $"{Field(text, 373)}|{Field(text, 371)}|{Field(text, 58)}";
    }

    private static string Field(string text, int tag) => Regex.Match(text, $@"\|{tag}=([^|]*)\|").Groups[1].Value;

    private static (char, byte[])[] ReadLines(string file)
    {
        List<(char, byte[])> lines = [];
        foreach (string raw in File.ReadAllLines(file, Encoding.UTF8))
        {
            string line = raw.Trim(' ', '\t', '\r');
            Match match = LineForm().Match(line);
            if (match.Success) lines.Add((match.Groups[1].Value[0], Complete(match.Groups[2].Value)));
        }

        return [.. lines];
    }

    /// <summary>Fills in times, body length and checksum as the scripts' runner does.</summary>
    private static byte[] Complete(string message)
    {
        string text = TimeForm().Replace(message, "20261122-10:00:00");
        bool hasLength = Regex.IsMatch(text, "^8=[^\u0001]*\u00019=");
        bool hasChecksum = Regex.IsMatch(text, "\u000110=[0-9]+\u0001$");
        if (hasLength && hasChecksum) return Encoding.UTF8.GetBytes(text);
        if (!text.StartsWith("8=", StringComparison.Ordinal)) return Encoding.UTF8.GetBytes(text);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (!hasLength)
        {
            int start = Array.IndexOf(bytes, (byte)1) + 1;
            int end = hasChecksum ? bytes.AsSpan().LastIndexOf("\u000110="u8) + 1 : bytes.Length;
            bytes = [.. bytes[..start], .. Encoding.ASCII.GetBytes($"9={end - start}\u0001"), .. bytes[start..]];
        }

        return hasChecksum ? bytes : [.. bytes, .. Encoding.ASCII.GetBytes($"10={bytes.Sum(b => b) % 256:D3}\u0001")];
    }

    private static string FindScripts()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string scripts = Path.Combine(folder.FullName, "..", "shared", "fix-acceptance");
            if (File.Exists(Path.Combine(scripts, "dict", "FIX44.xml"))) return scripts;
        }

        Assert.Skip("The acceptance scripts are not there: they are looked for in ../shared/fix-acceptance.");
        return "";
    }

    [GeneratedRegex("^([IE])(?:[0-9]+,)?(.*)$", RegexOptions.Singleline)]
    private static partial Regex LineForm();

    [GeneratedRegex("<TIME(?:[+-][0-9]+)?>")]
    private static partial Regex TimeForm();
}

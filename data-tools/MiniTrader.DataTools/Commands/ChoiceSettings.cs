using System.CommandLine;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>The options of every command that reads a catalog.</summary>
internal sealed class ChoiceSettings
{
    private readonly Option<string> _catalog = new("--catalog") { Description = "The catalog's folder", Required = true };
    private readonly Option<string?> _instruments = new("--instruments") { Description = "Symbols or names, with commas between [default: all]" };
    private readonly Option<string?> _kinds = new("--kinds", "--kind") { Description = "Kinds such as quotes,bars-1m [default: all]" };
    private readonly Option<string?> _from = new("--from") { Description = "First instant, such as 2013-10-07T14:30 (UTC) [default: the first there is]" };
    private readonly Option<string?> _to = new("--to") { Description = "End, not included [default: behind the last]" };

    public ChoiceSettings(Command command, bool hasRange = true)
    {
        command.Add(_catalog);
        command.Add(_instruments);
        command.Add(_kinds);
        if (!hasRange) return;
        command.Add(_from);
        command.Add(_to);
    }

    public string Catalog(ParseResult parsed) => parsed.GetRequiredValue(_catalog);

    public SeriesChoice Choice(ParseResult parsed) => new()
    {
        Instruments = Split(parsed.GetValue(_instruments)),
        Kinds = Split(parsed.GetValue(_kinds)),
        From = OptionText.Read(parsed, _from, t => Timestamp.Parse(t)),
        To = OptionText.Read(parsed, _to, t => Timestamp.Parse(t)),
    };

    private static string[] Split(string? text) => text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}

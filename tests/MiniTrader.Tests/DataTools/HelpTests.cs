using System.CommandLine;
using MiniTrader.DataTools;
using Xunit;
using static MiniTrader.Tests.DataTools.Tools;

namespace MiniTrader.Tests.DataTools;

/// <summary>What the help of the tools says can be done: every example parses, every command has one of its own, and defaults have one form.</summary>
public sealed class HelpTests
{
    private const string Program = "minitrader-data ";

    public static TheoryData<string> Commands()
    {
        TheoryData<string> all = [];
        foreach (string path in PathsOf(Root(), "")) all.Add(path);
        return all;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_example_can_be_typed_as_it_stands_and_is_of_its_command(string command)
    {
        string[] examples = ExamplesOf(command);
        Assert.NotEmpty(examples);
        foreach (string example in examples)
        {
            Assert.StartsWith(command, example, StringComparison.Ordinal);
            Assert.Empty(OptionText.Faults(Root().Parse(example.Split(' '))));
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_default_is_said_once_and_in_one_form(string command)
    {
        foreach (string line in Help(command).Split('\n').Where(l => l.StartsWith("  --", StringComparison.Ordinal)))
        {
            Assert.True(line.Split("[default: ").Length <= 2, line);
            Assert.DoesNotMatch(@"\((\d\S*|all|USD|CSV|derived[^)]*)\)", line);
        }
    }

    [Fact]
    public void The_number_of_instruments_has_two_defaults_and_the_help_says_both()
    {
        using TempFolder folder = new();
        Assert.Contains("[default: 2, GEN1 and GEN2; with --format itch 100 stocks]", Help("generate"), StringComparison.Ordinal);
        Assert.Contains(" of 2 instruments", Run("generate", "--rows", "2k", "--catalog", folder.Path("catalog")).Output, StringComparison.Ordinal);
        Assert.Contains(" of 100 stocks", Run("generate", "--format", "itch", "--rows", "2k", "--out", folder.Path("day.itch")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Quotes: time, bid, ask, bid_size, ask_size, received, sequence, symbol.", "import csv")]
    [InlineData("open, high, low, close, volume", "import parquet")]
    [InlineData("--compression <none|lz4>", "import csv")]
    [InlineData("--hours <extended|regular>", "import lean")]
    public void What_an_option_takes_is_in_the_help(string text, string command) => Assert.Contains(text, Help(command), StringComparison.Ordinal);

    private static RootCommand Root() => DataToolsCli.Create(new(TextWriter.Null, TextWriter.Null, false));

    private static string Help(string command) => Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]).Output;

    private static string[] ExamplesOf(string command)
    {
        string help = Help(command);
        int at = help.IndexOf("Examples:", StringComparison.Ordinal);
        return at < 0 ? [] : [.. help[at..].Split('\n').Select(l => l.Trim()).Where(l => l.StartsWith(Program, StringComparison.Ordinal)).Select(l => l[Program.Length..])];
    }

    private static IEnumerable<string> PathsOf(Command command, string path) =>
        [path, .. command.Subcommands.SelectMany(c => PathsOf(c, $"{path} {c.Name}".TrimStart()))];
}

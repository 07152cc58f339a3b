using System.Text.RegularExpressions;
using Xunit;

namespace MiniTrader.Scenarios;

/// <summary>
/// The table of rules in this project's README says which scenario or test shows each of them. It names nothing that is not there, and no
/// scenario stands outside it.
/// </summary>
public sealed partial class RuleTableTests
{
    private static readonly string[] _rows = [.. Lines().Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("|---", StringComparison.Ordinal))];

    [Fact]
    public void Every_scenario_of_the_table_exists_and_every_scenario_stands_in_it()
    {
        string[] files = [.. Directory.GetFiles(ScenarioScript.Folder, "*.txt").Concat(Directory.GetFiles(AccountScript.Folder, "*.txt")).Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];
        string[] named = [.. _rows.SelectMany(r => Named(r, ScenarioName())).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal([], named.Except(files));
        Assert.Equal([], files.Except(named));
    }

    [Fact]
    public void Every_rule_is_shown_by_something()
    {
        Assert.True(_rows.Length > 80, $"The table has {_rows.Length} rows.");
        Assert.All(_rows.Where(r => !IsHead(r)), row => Assert.True(Named(row, ScenarioName()).Concat(Named(row, TestName())).Any(), row));
        Assert.Equal(Enumerable.Range(1, 15), _rows.Select(r => MistakeNumber().Match(r)).Where(m => m.Success).Select(m => int.Parse(m.Groups[1].ValueSpan, null)));
    }

    [Fact]
    public void Every_test_of_the_table_exists()
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "MiniTrader.sln"))) root = Path.GetDirectoryName(root);
        if (root is null) Assert.Skip("The sources are not above the tests.");
        HashSet<string> classes = [.. Directory.EnumerateFiles(Path.Combine(root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(f => Path.GetFileNameWithoutExtension(f)!)];
        Assert.Equal([], _rows.SelectMany(r => Named(r, TestName())).Distinct().Where(n => !classes.Contains(n)));
    }

    // Only what stands below the heading: above it are lines of scenarios, which look like a table too.
    private static IEnumerable<string> Lines() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "README.md")).SkipWhile(l => l != "## Rules and what shows them");

    private static bool IsHead(string row) => row.StartsWith("| rule |", StringComparison.Ordinal) || row.StartsWith("| what always holds |", StringComparison.Ordinal)
        || row.StartsWith("| data |", StringComparison.Ordinal) || row.StartsWith("| mistake |", StringComparison.Ordinal);

    private static IEnumerable<string> Named(string row, Regex pattern) => pattern.Matches(row).Select(m => m.Groups[1].Value);

    // A word of several parts: options such as `fifo` have one.
    [GeneratedRegex("`([a-z0-9]+(?:-[a-z0-9]+){2,})`")]
    private static partial Regex ScenarioName();

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*Tests)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"^\| (\d+)\. ")]
    private static partial Regex MistakeNumber();
}

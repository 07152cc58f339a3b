using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Scenarios;

/// <summary>
/// Every file under <c>Venue</c> is one rule of the simulated venue, told as a script with its answers. A run must print the file
/// itself. With MINITRADER_SCENARIOS_OUT set to a folder the scripts as they really ran are written there.
/// </summary>
public sealed class VenueScenarios
{
    private static readonly string _folder = ScenarioScript.Folder;

    public static TheoryData<string> Names => [.. Directory.GetFiles(_folder, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> MoneyNames => [.. Directory.GetFiles(AccountScript.Folder, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Scenario(string name) => Check(_folder, name, ScenarioScript.Run);

    /// <summary>Rules of money, which take an account and a risk gate beside the venue.</summary>
    [Theory]
    [MemberData(nameof(MoneyNames))]
    public void Money(string name) => Check(AccountScript.Folder, name, AccountScript.Run);

    private static void Check(string from, string name, Func<string, string> run)
    {
        string expected = File.ReadAllText(Path.Combine(from, name + ".txt")).ReplaceLineEndings("\n");
        string actual = run(expected);
        if (Environment.GetEnvironmentVariable("MINITRADER_SCENARIOS_OUT") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, name + ".txt"), actual);
        }

        if (Normal(actual) != Normal(expected)) Assert.Fail($"{name}\n{LineDiff.Describe(Normal(expected), Normal(actual))}");
    }

    [Fact]
    public void Every_scenario_says_in_its_first_lines_what_it_is_about() =>
        Assert.All(Directory.GetFiles(_folder, "*.txt").Concat(Directory.GetFiles(AccountScript.Folder, "*.txt")), file => Assert.True(File.ReadLines(file).First().Length > 20, file));

    [Fact]
    public void A_wrong_answer_is_shown_between_its_neighbours()
    {
        string diff = LineDiff.Describe("a\nb\nc\n", "a\nx\nc\n");
        Assert.Equal("    a\n  - b\n  + x\n    c\n", diff);
    }

    // How far a line is indented says nothing.
    private static string Normal(string text) =>
        string.Join('\n', text.TrimEnd().Split('\n').Select(l => l.Trim()));
}

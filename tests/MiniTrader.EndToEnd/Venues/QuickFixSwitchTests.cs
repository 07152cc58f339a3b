using System.Text.RegularExpressions;
using Xunit;

namespace MiniTrader.EndToEnd.Venues;

/// <summary>QuickFIX/n stays behind its switch: the default build knows nothing of it.</summary>
public sealed partial class QuickFixSwitchTests
{
    private static readonly string _root = Root();

    [Fact]
    public void The_default_solution_does_not_build_the_gateway() =>
        Assert.DoesNotContain("QuickFix", File.ReadAllText(Path.Combine(_root, "MiniTrader.sln")), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void No_lock_file_of_the_default_build_names_quickfix() =>
        Assert.DoesNotContain(Files("packages.lock.json"), f => File.ReadAllText(f).Contains("quickfix", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void Every_reference_to_quickfix_stands_under_the_switch()
    {
        Assert.NotEmpty(Files("*.csproj"));
        foreach (string project in Files("*.csproj"))
        {
            string unconditional = Conditional().Replace(File.ReadAllText(project), "");
            Assert.DoesNotMatch("""(?i)(Package|Project)Reference Include="[^"]*QuickFIX""", unconditional);
        }
    }

    [Fact]
    public void The_switch_and_what_was_checked_are_said_where_people_look()
    {
        string readme = File.ReadAllText(Path.Combine(_root, "src", "MiniTrader.QuickFix", "README.md"));
        Assert.Contains("-p:QuickFixN=true", readme, StringComparison.Ordinal);
        Assert.Contains("-p:QuickFixN=true", File.ReadAllText(Path.Combine(_root, "src", "ARCHITECTURE.md")), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Files(string pattern) =>
        new[] { "src", "tests", "bench", "data-tools" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(_root, folder), pattern, SearchOption.AllDirectories))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MiniTrader.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository: no folder above them holds MiniTrader.sln.");
    }

    /// <summary>A group of items that is there with the switch only, or with the one of the load tests' peers.</summary>
    [GeneratedRegex("""<ItemGroup Condition="'\$\((QuickFixN|Peers)\)' == 'true'">.*?</ItemGroup>""", RegexOptions.Singleline)]
    private static partial Regex Conditional();
}

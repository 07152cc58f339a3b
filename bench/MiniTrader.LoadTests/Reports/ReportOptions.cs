using System.CommandLine;

namespace MiniTrader.LoadTests;

/// <summary>Options that every load test has.</summary>
internal static class ReportOptions
{
    /// <summary>Closes the output with one JSON object on the last line.</summary>
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Close with the result as one JSON object on the last line.",
        Recursive = true,
    };
}

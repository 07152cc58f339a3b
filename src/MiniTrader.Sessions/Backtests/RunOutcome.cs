using MiniTrader.Analytics;

namespace MiniTrader.Sessions;

/// <summary>What a finished session leaves.</summary>
/// <param name="Folder">The run folder, complete.</param>
/// <param name="Summary">What stands in its <c>summary.json</c>.</param>
public sealed record RunOutcome(string Folder, RunSummary Summary)
{
    /// <summary>Sentences that the user should see, as the summary has them.</summary>
    public IReadOnlyList<string> Notes => Summary.Notes;
}

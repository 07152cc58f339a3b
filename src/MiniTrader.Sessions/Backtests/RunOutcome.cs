using MiniTrader.Analytics;

namespace MiniTrader.Sessions;

/// <summary>What a finished session leaves.</summary>
/// <param name="Folder">The run folder, complete.</param>
/// <param name="Summary">What stands in its <c>summary.json</c>.</param>
/// <param name="Notes">Sentences that the user should see: approximations, things left out.</param>
public sealed record RunOutcome(string Folder, RunSummary Summary, IReadOnlyList<string> Notes);

namespace MiniTrader.Sessions;

/// <summary>What a session says of itself before its first event.</summary>
/// <param name="WorkFolder">Where the run grows; it takes its name when the run is complete.</param>
/// <param name="Notes">What the data leaves out and what the venue assumes where the data is silent. They stand first among those of the summary.</param>
public sealed record RunStart(string WorkFolder, IReadOnlyList<string> Notes);

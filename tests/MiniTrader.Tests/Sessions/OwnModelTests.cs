using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Sessions;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>A run whose venue has models of the caller's own code.</summary>
public sealed class OwnModelTests : IDisposable
{
    private static readonly RunConfig _config = new() { Strategies = ["EmaCross"], Data = "generated:seed=7,rows=20000", Venue = new Dictionary<string, string> { ["fees"] = "fixed=7", ["latency"] = "0" } };

    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void They_are_used_in_place_of_the_words_and_named_in_the_config()
    {
        RunOutcome outcome = Run(_config, "own");
        Assert.True(outcome.Summary.Fills > 10);
        Assert.Equal(0.25m * outcome.Summary.Fills, outcome.Summary.Fees);
        RunConfig stored = RunConfig.Load(Path.Combine(outcome.Folder, "config.json"));
        Assert.Equal("custom(Quarter)", stored.Venue["fees"]);

        // With the same code it runs again; without it, it is refused, unless words take the model's place.
        Assert.Equal(outcome.Summary.Hash, Run(stored, "again").Summary.Hash);
        ArgumentException refused = Assert.Throws<ArgumentException>(() => _runs.Run(stored));
        Assert.Contains("fees is 'custom(Quarter)', a model of a program's own code, which this program does not bring", refused.Message, StringComparison.Ordinal);
        Dictionary<string, string> words = new(stored.Venue) { ["fees"] = "fixed=0.25" };
        Assert.Equal(outcome.Summary.Hash, _runs.Run(stored with { Venue = words }).Summary.Hash);
    }

    private RunOutcome Run(RunConfig config, string folder) => BacktestSession.Run(
        config with { Out = Path.Combine(_runs.Folder, folder) }, Runs.Library, models: venue => venue with { Fees = FeeModel.Custom(new Quarter()) }, cancellation: TestContext.Current.CancellationToken);

    private sealed class Quarter : CustomFees
    {
        public override decimal Of(in FeeBasis fill) => fill.FilledBefore.IsZero ? 0.25m : 0m;
    }
}

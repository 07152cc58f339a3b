using System.Text.Json;
using System.Text.Json.Serialization;
using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>
/// All that is needed to run a session again, as plain words and numbers: what the command line fills in, what a
/// <c>--config</c> file holds, and what a run writes as <c>config.json</c>. Nothing in it is judged before the session starts.
/// </summary>
public sealed record RunConfig
{
    /// <summary>Strategy names, or <c>FILE.dll</c>, or <c>FILE.dll:Name</c>; at least one.</summary>
    public IReadOnlyList<string> Strategies { get; init; } = [];

    /// <summary>Strategy settings by parameter name, or by <c>Type.parameter</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>A catalog folder, or <c>generated</c> with options behind a colon: <c>generated:seed=7,rows=1000000</c>.</summary>
    public string Data { get; init; } = "generated";

    /// <summary>Instruments by name or symbol; empty takes all that the data has.</summary>
    public IReadOnlyList<string> Instruments { get; init; } = [];

    /// <summary>
    /// Kinds of data, such as <c>quotes</c>, <c>trades</c>, <c>bars-1m</c>; empty takes all that the data has. <c>status</c> and <c>actions</c> come with any, unless
    /// <c>no-status</c> or <c>no-actions</c> leaves them out.
    /// </summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>First instant, inclusive, as <see cref="Timestamp.Parse"/> reads it.</summary>
    public string? From { get; init; }

    /// <summary>Last instant, exclusive.</summary>
    public string? To { get; init; }

    public decimal Cash { get; init; } = 1_000_000m;

    /// <summary>Currency of the account.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Worth of other currencies in the account's.</summary>
    public IReadOnlyDictionary<string, decimal> Rates { get; init; } = new Dictionary<string, decimal>();

    /// <summary>Options of the simulated venue by name, such as <c>fees</c>, <c>latency</c>, <c>queue</c>; all but its seed, which is <see cref="Seed"/>.</summary>
    public IReadOnlyDictionary<string, string> Venue { get; init; } = new Dictionary<string, string>();

    /// <summary>Risk limits by name, such as <c>max-position</c>.</summary>
    public IReadOnlyDictionary<string, string> Risk { get; init; } = new Dictionary<string, string>();

    /// <summary>What holding costs, how expired instruments end, and when margin is called, by name, such as <c>borrow</c> or <c>margin-maintenance</c>.</summary>
    public IReadOnlyDictionary<string, string> Carry { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Delay from venue to strategy for data that has only one time, in the words of a leg of <c>latency</c>: <c>5ms</c>, <c>8ms..12ms</c>. One draw for what an
    /// instrument shows at an instant; nothing of an instrument overtakes.
    /// </summary>
    public string FeedLatency { get; init; } = "0";

    /// <summary>Seed of random latencies, the venue's and the feed's. A generated market has its own, in <see cref="Data"/>.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Session time between two samples of the equity.</summary>
    public string EquityInterval { get; init; } = "1m";

    /// <summary><c>orders</c> journals orders and reports, <c>full</c> every market event as well, <c>none</c> nothing.</summary>
    public string Journal { get; init; } = "orders";

    /// <summary>Fill the ring from a thread of its own instead of inline.</summary>
    public bool Threaded { get; init; }

    /// <summary>Core that the engine thread is pinned to; null leaves it to the system.</summary>
    public int? Core { get; init; }

    /// <summary>Check every checksum of the data as it is read.</summary>
    public bool Verify { get; init; }

    /// <summary>The run folder; null makes one below <c>runs/</c>, named by strategy and time.</summary>
    public string? Out { get; init; }

    /// <summary>The text of a config file that says all of it.</summary>
    public string ToJson() => RunConfigText.Write(this);

    /// <summary>Reads a config file; what it does not say has its default.</summary>
    /// <exception cref="ArgumentException">The file is missing, is not JSON, or has a key or value that it cannot have; the sentence names it.</exception>
    public static RunConfig Load(string path) => RunConfigFile.Read(path);
}

[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(RunConfig))]
internal sealed partial class RunConfigJson : JsonSerializerContext;

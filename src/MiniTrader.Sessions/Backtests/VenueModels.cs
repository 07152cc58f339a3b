using MiniTrader.Exchange;

namespace MiniTrader.Sessions;

/// <summary>The venue's options of a run: what the config says in words, and the models that a program puts over them.</summary>
internal static class VenueModels
{
    public const string SeedKey = "seed";

    private const string CodeModel = "custom(";

    /// <exception cref="ArgumentException">An option is wrong, or stands for code that the program does not bring.</exception>
    public static VenueOptions Read(RunConfig config, Func<VenueOptions, VenueOptions>? models)
    {
        Dictionary<string, string> pairs = VenuePairs.Over([], config.Venue);
        if (pairs.ContainsKey(SeedKey)) throw new ArgumentException("The venue's seed is the run's: give --seed, or \"seed\" in the config, instead of the venue option.");
        KeyValuePair<string, string>[] ofCode = [.. pairs.Where(p => p.Value.StartsWith(CodeModel, StringComparison.Ordinal))];
        VenueOptions options = pairs.Except(ofCode).Aggregate(new VenueOptions { Seed = config.Seed }, (o, pair) => o.With(pair.Key, pair.Value)).Validated();
        if (models is not null) options = models(options).Validated() with { Seed = config.Seed };
        Dictionary<string, string> made = options.ToPairs().ToDictionary(p => p.Key, p => p.Value);
        foreach ((string key, string text) in ofCode)
        {
            if (!made.TryGetValue(key, out string? now) || now != text)
                throw new ArgumentException($"{key} is '{text}', a model of a program's own code, which this program does not bring. Run it with the program that it was run with, or give {key} in words.");
        }

        return options;
    }
}

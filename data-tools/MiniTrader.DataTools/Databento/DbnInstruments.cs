using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// Which instrument an id means on a day: by the metadata's mappings, symbol mapping records and definitions, in this order; the
/// id itself where none names it. Owned by one import.
/// </summary>
internal sealed class DbnInstruments(ImportRun run, DbnOptions options)
{
    private readonly Dictionary<uint, List<DbnMapping>> _mappings = [];
    private readonly Dictionary<uint, string> _announced = [];
    private readonly Dictionary<(string Venue, uint Id), DbnDefinition> _definitions = [];
    private readonly Dictionary<string, Instrument> _known = new(StringComparer.Ordinal);

    /// <summary>Takes over a file's mappings; they replace those of the file before.</summary>
    public void Begin(DbnMetadata metadata)
    {
        _mappings.Clear();
        _announced.Clear();
        foreach (DbnMapping mapping in metadata.Mappings)
        {
            if (!_mappings.TryGetValue(mapping.Instrument, out List<DbnMapping>? list)) _mappings[mapping.Instrument] = list = [];
            list.Add(mapping);
        }

        if (metadata.SymbolsNotFound > 0) run.Remark($"{metadata.SymbolsNotFound} of the symbols that were asked for have no data in {metadata.Dataset}");
    }

    public void Announce(uint id, string symbol) => _announced[id] = symbol;

    public void Define(uint id, DbnDefinition definition) => _definitions[(definition.Venue, id)] = definition;

    /// <summary>Makes every defined instrument known, so that a file of definitions alone fills a catalog.</summary>
    public void RegisterDefinitions()
    {
        foreach (((string _, uint id), DbnDefinition definition) in _definitions.OrderBy(d => d.Key.Id))
        {
            if (definition.Symbol.Length > 0) Make(definition.Symbol, definition.Venue, id, 0);
        }
    }

    /// <summary>The symbol of an id on a UTC date.</summary>
    public string SymbolOf(uint id, string venue, DateOnly date)
    {
        if (_mappings.TryGetValue(id, out List<DbnMapping>? list))
        {
            int day = (date.Year * 10_000) + (date.Month * 100) + date.Day;
            foreach (DbnMapping mapping in list)
            {
                if (mapping.FromDate <= day && day < mapping.BeforeDate) return mapping.Symbol;
            }
        }

        if (_announced.TryGetValue(id, out string? announced)) return announced;
        if (_definitions.TryGetValue((venue, id), out DbnDefinition? defined) && defined.Symbol.Length > 0) return defined.Symbol;
        run.Remark($"instrument {id} of {venue} is named by its id: no mapping and no definition covers {date:yyyy-MM-dd}");
        return id.ToString(CultureInfo.InvariantCulture);
    }

    /// <param name="symbol">Its symbol on the day.</param>
    /// <param name="venue">The venue.</param>
    /// <param name="id">The id of its records.</param>
    /// <param name="step">The step of its prices in the data, for the tick where no definition says it; 0 where unknown.</param>
    public Instrument Make(string symbol, string venue, uint id, long step)
    {
        string name = $"{symbol}.{options.Venue ?? venue}";
        if (_known.TryGetValue(name, out Instrument? known)) return known;
        DbnDefinition? definition = _definitions.GetValueOrDefault((venue, id));
        bool isItself = definition?.Symbol == symbol;
        Instrument made = new Instrument
        {
            Symbol = symbol,
            Venue = options.Venue ?? venue,
            AssetClass = definition?.AssetClass ?? DbnVenues.ClassOf(venue),
            Currency = definition?.Currency ?? Currency.Usd,
            TickSize = definition?.Tick ?? new(step > 0 ? step : 10_000_000),
            LotSize = definition?.Lot ?? Quantity.FromUnits(1),
            Multiplier = definition?.Multiplier ?? 1m,

            // A continuous symbol goes on when its contract expires.
            Expiry = isItself ? definition!.Expiry : null,
            Strike = isItself ? definition!.Strike : null,
            Right = isItself ? RightOf(definition!) : OptionRight.None,
            Underlying = definition?.Underlying,
        }.Validated();
        if (definition is null)
            run.Remark($"{made.Name}: class {made.AssetClass}, tick {made.TickSize} (the step of its prices), lot 1, multiplier 1 and {made.Currency} are assumed; import its definitions as well to have the true ones");
        run.Sink.Register(made);
        return _known[name] = made;
    }

    private static OptionRight RightOf(DbnDefinition definition) => definition.Class switch { 'C' => OptionRight.Call, 'P' => OptionRight.Put, _ => OptionRight.None };
}

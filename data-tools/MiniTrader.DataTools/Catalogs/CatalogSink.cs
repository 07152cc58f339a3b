using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>
/// Puts imported events into a catalog. Nothing of it can be seen before <see cref="Complete"/>; without it everything is taken
/// back. Where the catalog already knows an instrument, its reference data is kept unless overwriting was asked for.
/// </summary>
public sealed class CatalogSink : IEventSink, IDisposable
{
    private readonly CatalogWriter _writer;
    private readonly Dictionary<string, Instrument> _instruments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Instrument> _present = new(StringComparer.Ordinal);
    private readonly List<string> _kept = [];
    private readonly InstrumentHours _hours;
    private readonly SessionCheck _check;

    public CatalogSink(string directory, TickFileOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _writer = new(directory, options);
        _hours = new(directory);
        InstrumentTable present = TickCatalog.Open(directory).Instruments;
        _check = new(present);
        if (options.Overwrite) return;
        foreach (Instrument instrument in present) _present[instrument.Name] = instrument;
    }

    /// <inheritdoc cref="CatalogWriter.FinishedBefore"/>
    public int FinishedBefore => _writer.FinishedBefore;

    /// <summary>Options with which the user says what an instrument is, such as <c>--currency</c>: what the catalog has must be the same.</summary>
    public IReadOnlyCollection<string> Said { get; init; } = [];

    /// <summary>Instruments whose reference data in the catalog differs from what was imported, and was kept, with what differs.</summary>
    public IReadOnlyList<string> Kept => _kept;

    /// <summary>When all instruments trade, whatever an importer says; null leaves it to the importer.</summary>
    public TradingCalendar? Calendar { get; init; }

    /// <summary>All instruments trade without a break, whatever the importer or the catalog says.</summary>
    public bool IsContinuous { get; init; }

    /// <exception cref="ImportException">The user says otherwise than the catalog what the instrument is.</exception>
    public void Register(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        if (_instruments.ContainsKey(instrument.Name)) return;
        if (_present.TryGetValue(instrument.Name, out Instrument? present))
        {
            IReadOnlyList<InstrumentDifference> differences = InstrumentDifference.Between(present, instrument);
            if (differences.FirstOrDefault(d => Said.Contains(d.Option)) is { } wrong)
            {
                throw new ImportException(
                    $"{instrument.Name} has the {wrong.Field} {wrong.Present} in the catalog, and {wrong.Option} says {wrong.Imported}. All of its rows have one {wrong.Field}: leave the option out, "
                    + "name another --symbol or --venue, or replace what the catalog says (--overwrite). Nothing was written.");
            }

            if (differences.Count > 0) _kept.Add($"{instrument.Name}: {string.Join(", ", differences)}");
            instrument = present;
        }

        _writer.Register(_instruments[instrument.Name] = instrument);
        if (Calendar is not null) _hours.Set(instrument, Calendar);
    }

    public void SetCalendar(Instrument instrument, TradingCalendar calendar)
    {
        if (Calendar is null && !IsContinuous) _hours.Set(instrument, calendar);
    }

    public void Append(Instrument instrument, DateOnly partition, ReadOnlySpan<MarketEvent> events)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        _writer.Append(_instruments[instrument.Name], partition, events);
        _hours.Cover(instrument, events);
        _check.Look(instrument, events);
    }

    /// <exception cref="ImportException">Rows lie outside the sessions that their instrument has in the catalog, and the import says no others.</exception>
    public CatalogWriteSummary Complete()
    {
        if (!IsContinuous) _check.ThrowIfOutside(_hours.IsSet);
        _hours.Write(_writer);
        if (IsContinuous)
        {
            foreach (string name in _instruments.Keys) _writer.SetSessions(name, Timestamp.MinValue, Timestamp.MaxValue, null);
        }

        return _writer.Complete();
    }

    /// <inheritdoc cref="CatalogWriter.Dispose"/>
    public void Dispose() => _writer.Dispose();
}

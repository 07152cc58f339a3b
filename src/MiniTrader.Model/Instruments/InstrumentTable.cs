using System.Collections;

namespace MiniTrader.Model;

/// <summary>The instruments of a session in their dense order. Filled before the session starts, then read-only.</summary>
public sealed class InstrumentTable : IReadOnlyList<Instrument>
{
    /// <summary>Most instruments that one session holds.</summary>
    public const int Capacity = 65_536;

    private readonly Instrument[] _instruments;
    private readonly Dictionary<string, int> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ArgumentException">Two instruments share a name, or one is invalid; the sentence names it.</exception>
    public InstrumentTable(IEnumerable<Instrument> instruments)
    {
        _instruments = instruments.Select(i => i.Validated()).ToArray();
        if (_instruments.Length > Capacity) throw new ArgumentException($"{_instruments.Length} instruments are more than a session holds ({Capacity}).");
        for (int i = 0; i < _instruments.Length; i++)
        {
            if (!_byName.TryAdd(_instruments[i].Name, i)) throw new ArgumentException($"Instrument {_instruments[i].Name} is listed twice.");
        }
    }

    public int Count => _instruments.Length;

    /// <summary>True for the id of an instrument of this session.</summary>
    public bool Has(InstrumentId id) => (uint)id.Index < (uint)_instruments.Length;

    public Instrument this[int index] => _instruments[index];

    public Instrument this[InstrumentId id] => _instruments[id.Index];

    /// <summary>Finds by full name (<c>SPY.XNAS</c>) or by symbol where only one venue lists it.</summary>
    public bool TryFind(string name, out InstrumentId id)
    {
        id = InstrumentId.None;
        if (_byName.TryGetValue(name, out int index))
        {
            id = new(index);
            return true;
        }

        for (int i = 0; i < _instruments.Length; i++)
        {
            if (!string.Equals(_instruments[i].Symbol, name, StringComparison.OrdinalIgnoreCase)) continue;
            if (!id.IsNone) return false;
            id = new(i);
        }

        return !id.IsNone;
    }

    /// <summary>Finds, or throws a sentence that lists what there is.</summary>
    public InstrumentId Find(string name) => TryFind(name, out InstrumentId id)
        ? id
        : throw new ArgumentException(Unfound(name));

    private string Unfound(string name)
    {
        const int Shown = 20;
        string[] alike = [.. _instruments.Where(i => string.Equals(i.Symbol, name, StringComparison.OrdinalIgnoreCase)).Select(i => i.Name)];
        if (alike.Length > 1) return $"Several instruments are called '{name}': {string.Join(", ", alike)}. Name one in full.";
        string more = _instruments.Length > Shown ? $" and {_instruments.Length - Shown} more" : "";
        return $"No instrument is called '{name}'. The session has: {string.Join(", ", _instruments.Take(Shown).Select(i => i.Name))}{more}.";
    }

    public IEnumerator<Instrument> GetEnumerator() => ((IEnumerable<Instrument>)_instruments).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

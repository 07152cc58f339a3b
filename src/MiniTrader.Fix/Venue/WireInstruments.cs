using System.Text;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// The instruments of a session by their names at a venue, both ways, over bytes. Immutable; shared by the order and the market data side.
/// </summary>
public sealed class WireInstruments
{
    private readonly byte[][] _names;
    private readonly Currency[] _currencies;
    private readonly int[] _table;
    private readonly int _mask;

    /// <param name="instruments">All instruments of the session.</param>
    /// <param name="wireName">The venue's name of an instrument: its Symbol or SecurityID; null or empty for one that this venue does not trade.</param>
    public WireInstruments(InstrumentTable instruments, Func<Instrument, string?>? wireName = null)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        wireName ??= instrument => instrument.Symbol;
        _names = instruments.Select(instrument => Encoding.UTF8.GetBytes(wireName(instrument) ?? "")).ToArray();
        _currencies = [.. instruments.Select(instrument => instrument.Currency)];
        int size = 4;
        while (size < _names.Length * 2) size *= 2;
        _mask = size - 1;
        _table = new int[size];
        Array.Fill(_table, -1);
        for (int i = 0; i < _names.Length; i++)
        {
            if (_names[i].Length == 0) continue;
            if (_names[i].Contains(FieldScanner.Delimiter)) throw new ArgumentException($"The venue's name of {instruments[i].Name} holds the FIX delimiter.");
            int slot = Slot(_names[i]);
            if (_table[slot] >= 0)
                throw new ArgumentException($"The venue would call both {instruments[_table[slot]].Name} and {instruments[i].Name} '{Encoding.UTF8.GetString(_names[i])}'.");
            _table[slot] = i;
        }
    }

    public int Count => _names.Length;

    /// <summary>The venue's name, empty for an instrument that it does not trade.</summary>
    public ReadOnlySpan<byte> NameOf(InstrumentId id) => (uint)id.Index < (uint)_names.Length ? _names[id.Index] : default;

    /// <summary>What an instrument is paid in.</summary>
    public Currency CurrencyOf(InstrumentId id) => _currencies[id.Index];

    public bool TryFind(ReadOnlySpan<byte> name, out InstrumentId id)
    {
        int found = name.IsEmpty ? -1 : _table[Slot(name)];
        id = new InstrumentId(found);
        return found >= 0;
    }

    private int Slot(ReadOnlySpan<byte> name)
    {
        uint hash = 2_166_136_261;
        foreach (byte b in name) hash = (hash ^ b) * 16_777_619;
        int slot = (int)(hash ^ (hash >> 15)) & _mask;
        while (_table[slot] >= 0 && !name.SequenceEqual(_names[_table[slot]])) slot = (slot + 1) & _mask;
        return slot;
    }
}

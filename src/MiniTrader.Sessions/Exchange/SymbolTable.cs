using System.Text;
using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>Instruments by the symbols on the wire: the bare symbol where only one venue lists it, and symbol and venue always. Read-only.</summary>
internal sealed class SymbolTable
{
    private const int MaxBytes = 64;

    private readonly Dictionary<string, int> _bySymbol = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly byte[][] _symbols;

    public SymbolTable(InstrumentTable instruments)
    {
        Instruments = instruments;
        HashSet<string> shared = instruments.GroupBy(i => i.Symbol).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        _symbols = new byte[instruments.Count][];
        for (int i = 0; i < _symbols.Length; i++)
        {
            Instrument instrument = instruments[i];
            _bySymbol[instrument.Name] = i;
            bool isUnique = !shared.Contains(instrument.Symbol);
            if (isUnique) _bySymbol[instrument.Symbol] = i;
            _symbols[i] = Encoding.UTF8.GetBytes(isUnique ? instrument.Symbol : instrument.Name);
        }

        _lookup = _bySymbol.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public InstrumentTable Instruments { get; }

    /// <summary>The symbol that our messages bear.</summary>
    public ReadOnlySpan<byte> this[InstrumentId id] => _symbols[id.Index];

    /// <summary>The instrument of a Symbol (55), none when there is none.</summary>
    public InstrumentId Find(scoped FieldView fields)
    {
        ReadOnlySpan<byte> symbol = fields.Get(Tags.Symbol);
        Span<char> text = stackalloc char[MaxBytes];
        if (symbol.IsEmpty || symbol.Length > MaxBytes) return InstrumentId.None;
        int length = Encoding.UTF8.GetChars(symbol, text);
        return _lookup.TryGetValue(text[..length], out int index) ? new(index) : InstrumentId.None;
    }
}

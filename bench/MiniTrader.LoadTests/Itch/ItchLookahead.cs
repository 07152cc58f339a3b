using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using MiniTrader.Books;
using MiniTrader.Feeds;

namespace MiniTrader.LoadTests;

/// <summary>
/// Runs ahead of the decoder over the same bytes, from length to length, and tells the store of the orders to come. It reads no types: all
/// messages about orders have the id at the same place, and a hint from any other message is wrong but harmless.
/// </summary>
internal struct ItchLookahead
{
    private const int IdOffset = ItchDecoder.PrefixBytes + ItchHeader.Size;

    private readonly byte[] _bytes;
    private readonly OrderStore _store;
    private readonly int _end;
    private int _far;
    private int _near;

    public ItchLookahead(byte[] bytes, OrderStore store, bool isOn)
    {
        _bytes = bytes;
        _store = store;
        _end = isOn ? bytes.Length - IdOffset - sizeof(ulong) : 0;
        for (int i = 0; i < OrderStore.FarAhead; i++)
        {
            if (i < OrderStore.NearAhead && _near < _end) Step(ref _near);
            if (_far < _end) Step(ref _far);
        }
    }

    /// <summary>One message further.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance()
    {
        if (_far < _end)
        {
            _store.Prefetch(IdAt(_far));
            Step(ref _far);
        }

        if (_near < _end)
        {
            _store.PrefetchLinks(IdAt(_near));
            Step(ref _near);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly long IdAt(int message) => BinaryPrimitives.ReadInt64BigEndian(_bytes.AsSpan(message + IdOffset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Step(ref int message) => message += ItchDecoder.PrefixBytes + BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(message));
}

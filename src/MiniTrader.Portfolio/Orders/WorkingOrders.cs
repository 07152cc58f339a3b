using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <summary>The working orders of one strategy on one instrument, oldest first, walked without allocation.</summary>
public readonly ref struct WorkingOrders(OrderTable table, int first)
{
    public Enumerator GetEnumerator() => new(table, first);

    /// <summary>Walks the list; the list must not change while it is walked.</summary>
    public ref struct Enumerator(OrderTable table, int first)
    {
        private int _next = first;
        private int _current = -1;

        public readonly ref readonly OrderRecord Current => ref table[_current];

        public bool MoveNext()
        {
            _current = _next;
            if (_current < 0) return false;
            _next = table[_current].Next;
            return true;
        }
    }
}

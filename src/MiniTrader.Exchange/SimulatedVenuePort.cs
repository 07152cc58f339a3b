using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>The simulated venue as the engine sees it: a struct, so that every call is direct and can be inlined.</summary>
/// <param name="venue">The venue behind it; several ports may share one.</param>
public readonly struct SimulatedVenuePort(SimulatedVenue venue) : IVenue
{
    private readonly SimulatedVenue _venue = venue;

    public Timestamp NextDue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _venue.NextDue;
    }

    public bool Submit(in OrderCommand command) => _venue.Submit(command);

    public bool TryTake(Timestamp now, out ExecutionReport report) => _venue.TryTake(now, out report);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool OnMarket(in MarketEvent marketEvent) => _venue.OnMarket(marketEvent);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsIdle(InstrumentId instrument) => _venue.IsIdle(instrument);

    public void OnQuietQuotes(in MarketEvent last, int count) => _venue.OnQuietQuotes(last, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuietQuote(in MarketEvent quote) => _venue.TryQuietQuote(quote);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsQuietBook(InstrumentId instrument) => _venue.IsQuietBook(instrument);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuietBook(in BookDelta delta) => _venue.TryQuietBook(delta);

    public void OnEnd(Timestamp time) => _venue.OnEnd(time);

    public bool TryGetQuantityAhead(ClientOrderId id, out Quantity ahead) => _venue.TryGetQuantityAhead(id, out ahead);
}

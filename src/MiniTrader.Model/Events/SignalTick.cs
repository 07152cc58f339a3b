using System.Runtime.InteropServices;

namespace MiniTrader.Model;

/// <summary>A user's own number at an instant: a model's forecast, a sentiment, a rate.</summary>
[StructLayout(LayoutKind.Sequential, Size = MarketEvent.Size)]
public struct SignalTick
{
    public EventHeader Header;
    public double Value;

    /// <summary>Tells one signal from another.</summary>
    public long Channel;

    private readonly long _zero1;
    private readonly long _zero2;
    private readonly long _zero3;

    public readonly InstrumentId Instrument => Header.Instrument;
}

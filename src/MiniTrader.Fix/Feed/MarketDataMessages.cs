using System.Text;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>Writes market data requests in a venue's dialect. The FIX thread only.</summary>
internal sealed class MarketDataMessages
{
    private readonly FixDialect _dialect;
    private readonly WireInstruments _instruments;
    private readonly byte[] _source;

    public MarketDataMessages(FixFeedOptions options)
    {
        _dialect = options.Dialect;
        _instruments = options.Instruments;
        _source = Encoding.ASCII.GetBytes(_dialect.SecurityIdSource);
    }

    /// <summary>Subscribes to an instrument, or ends the subscription of an earlier request.</summary>
    public void WriteRequest(ref FixWriter writer, InstrumentId instrument, long request, bool isEnd)
    {
        MarketDataDialect data = _dialect.MarketData;
        writer.Int(Tags.NoRelatedSym, 1);
        ReadOnlySpan<byte> name = _instruments.NameOf(instrument);
        if (_dialect.Naming == InstrumentNaming.Symbol) writer.Text(Tags.Symbol, name);
        else
        {
            writer.Text(Tags.SecurityID, name);
            writer.Text(Tags.SecurityIDSource, _source);
        }

        writer.Int(Tags.MDReqID, request);
        writer.Char(Tags.SubscriptionRequestType, isEnd ? '2' : '1');
        writer.Int(Tags.MarketDepth, data.Depth);
        if (data.UpdateType >= 0) writer.Int(Tags.MDUpdateType, data.UpdateType);
        writer.Int(Tags.NoMDEntryTypes, data.EntryTypes.Length);
        foreach (char type in data.EntryTypes) writer.Char(Tags.MDEntryType, type);
    }

    public void WriteSecurityListRequest(ref FixWriter writer, long request)
    {
        writer.Int(Tags.SecurityReqID, request);
        writer.Int(Tags.SecurityListRequestType, _dialect.MarketData.SecurityListType);
    }

    public static void WriteTradingStatusRequest(ref FixWriter writer, long request)
    {
        writer.Char(Tags.SubscriptionRequestType, '1');
        writer.Int(Tags.TradSesReqID, request);
    }
}

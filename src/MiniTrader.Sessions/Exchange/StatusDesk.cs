using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>Questions about orders: one by its ClOrdID, or all that work. The matching thread owns it.</summary>
internal sealed class StatusDesk(ExchangeOrders orders, SymbolTable symbols, ExecutionWriter writer, MarketReplay market, int outputBytes)
{
    public MessageVerdict One(ExchangeClient client, in FixMessage message)
    {
        FieldView fields = message.Fields;
        ReadOnlySpan<byte> name = fields.Get(Tags.ClOrdID);
        int slot = orders.Find(client, name);
        if (slot == ExchangeOrders.None)
        {
            writer.StatusUnknown(client, fields, isMass: false, "There is no such order of yours, or it was done long ago."u8, market.Now);
            return MessageVerdict.Accepted;
        }

        ref ExchangeOrder order = ref orders[slot];
        writer.Report(client, order, new ReportBody { ExecType = 'I', ClOrdId = orders.Names.TextOf(order.Name), RequestId = fields.Get(Tags.OrdStatusReqID) });
        return MessageVerdict.Accepted;
    }

    /// <summary>As many reports as there is room for at a time; the same message comes again until all are out.</summary>
    public MessageVerdict Mass(ExchangeClient client, in FixMessage message)
    {
        FieldView fields = message.Fields;
        bool isAll = fields.GetInt(Tags.MassStatusReqType, out long type) == FieldStatus.Ok && type == 7;
        InstrumentId instrument = isAll ? InstrumentId.None : symbols.Find(fields);
        if (!isAll && (type != 1 || instrument.IsNone))
        {
            writer.StatusUnknown(client, fields, isMass: true, "A mass status is of all orders (585=7) or of one symbol that is traded here (585=1)."u8, market.Now);
            return MessageVerdict.Accepted;
        }

        if (client.StatusTotal == 0 && !TryBegin(client, instrument))
        {
            writer.StatusUnknown(client, fields, isMass: true, "No order works."u8, market.Now);
            return MessageVerdict.Accepted;
        }

        ReadOnlySpan<byte> request = fields.Get(Tags.MassStatusReqID);
        while ((client.StatusCursor = NextOf(client.StatusCursor, instrument)) != ExchangeOrders.None)
        {
            if (client.IsBehind(outputBytes)) return MessageVerdict.Busy;
            int slot = client.StatusCursor;
            int next = NextOf(orders[slot].Next, instrument);
            client.StatusCursor = next;
            ref ExchangeOrder order = ref orders[slot];
            writer.Report(client, order, new ReportBody
            {
                ExecType = 'I',
                ClOrdId = orders.Names.TextOf(order.Name),
                RequestId = request,
                TotalReports = client.StatusTotal,
                IsLastReport = next == ExchangeOrders.None,
            });
        }

        client.StatusTotal = 0;
        return MessageVerdict.Accepted;
    }

    private bool TryBegin(ExchangeClient client, InstrumentId instrument)
    {
        client.StatusCursor = NextOf(client.FirstOrder, instrument);
        for (int slot = client.StatusCursor; slot != ExchangeOrders.None; slot = NextOf(orders[slot].Next, instrument)) client.StatusTotal++;
        return client.StatusTotal > 0;
    }

    private int NextOf(int slot, InstrumentId instrument)
    {
        while (slot != ExchangeOrders.None && !instrument.IsNone && orders[slot].Instrument != instrument) slot = orders[slot].Next;
        return slot;
    }
}

using System.Globalization;
using System.Text;
using QuickFix;
using QuickFix.Fields;
using Fix44 = QuickFix.FIX44;

namespace MiniTrader.LoadTests;

/// <summary>What <see cref="CodecWork"/> does, with QuickFIX/n: the same report parsed and read, the same order written.</summary>
internal sealed class QuickFixCodec(ReadOnlySpan<byte> report)
{
    private readonly string _report = Encoding.Latin1.GetString(report);
    private DateTime _now = new(2026, 11, 22, 10, 0, 0, DateTimeKind.Utc);
    private long _number = 100_000;

    public long Parse() => new Message(_report, null, null, validate: true).IsSetField(Tags.ClOrdID) ? 1 : throw new InvalidOperationException("QuickFIX/n did not read the report.");

    public long ParseAndRead()
    {
        Message message = new(_report, null, null, validate: true);
        return message.GetString(Tags.ClOrdID).Length + message.GetChar(Tags.ExecType) + message.GetChar(Tags.OrdStatus) + message.GetChar(Tags.Side)
            + (long)(message.GetDecimal(Tags.LastPx) + message.GetDecimal(Tags.LastQty) + message.GetDecimal(Tags.CumQty) + message.GetDecimal(Tags.LeavesQty))
            + message.GetDateTime(Tags.TransactTime).Ticks + message.GetString(Tags.ExecID).Length;
    }

    public long Write()
    {
        _now = _now.AddMilliseconds(1);
        _number++;
        Fix44.NewOrderSingle order = new();
        order.Header.SetField(new MsgSeqNum((ulong)_number));
        order.Header.SetField(new SenderCompID("MINITRADER"));
        order.Header.SetField(new SendingTime(_now));
        order.Header.SetField(new TargetCompID("BROKER"));
        order.SetField(new ClOrdID(_number.ToString(CultureInfo.InvariantCulture)));
        order.SetField(new OrderQty(100));
        order.SetField(new OrdType(OrdType.LIMIT));
        order.SetField(new Price(450.25m + (_number % 100 * 0.01m)));
        order.SetField(new Side(Side.BUY));
        order.SetField(new Symbol("SPY"));
        order.SetField(new TimeInForce(TimeInForce.DAY));
        order.SetField(new TransactTime(_now));
        return order.ConstructString().Length;
    }
}

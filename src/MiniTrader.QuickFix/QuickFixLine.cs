using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.QuickFix;

/// <summary>Requests over QuickFIX/n's session: written by our codec, handed over field by field. Our thread only.</summary>
internal sealed class QuickFixLine(FixDialect dialect, QuickFixApplication application) : RequestLine
{
    private readonly FixParser _parser = new();
    private readonly HeaderTemplate _header = new(dialect.BeginString, [], dialect.TimestampPrecision);
    private readonly byte[] _buffer = new byte[8_192];

    /// <summary>What the inbox told last; a logout that is still in it makes the next send fail, and that is told.</summary>
    public bool IsLoggedOn { get; set; }

    public override bool IsUp => IsLoggedOn;

    public override FixWriter Begin(ulong msgType)
    {
        FixWriter writer = new(_buffer, _header);
        writer.BeginBare(msgType);
        return writer;
    }

    public override SendStatus Send(ref FixWriter writer, ClientOrderId order)
    {
        if (_parser.Parse(writer.End(), out FixMessage message, out _) != ParseStatus.Message) return SendStatus.Invalid;
        return application.TrySend(QuickFixMessages.Outgoing(in message), order) ? SendStatus.Sent : SendStatus.NotLoggedOn;
    }

    public override bool TryFindSent(long msgSeqNum, out ClientOrderId order) => application.TryFindSent(msgSeqNum, out order);
}

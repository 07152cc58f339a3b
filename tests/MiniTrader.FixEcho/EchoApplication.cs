using System.Text;
using MiniTrader.Fix;

namespace MiniTrader.FixEcho;

/// <summary>What QuickFIX's acceptance scripts expect to talk to: orders and a few other messages come back as they were sent.</summary>
public sealed class EchoApplication : FixApplication
{
    private readonly Dictionary<SessionId, CanonicalOrder> _orders = [];
    private readonly HashSet<(SessionId Session, string ClOrdId)> _seen = [];

    /// <summary>What a session's answers are sorted by; without it fields come back in the order in which they came.</summary>
    public void Sort(SessionId session, FixDictionary dictionary) => _orders[session] = new(dictionary, SessionLimits.Default.Fields);

    public override void OnLogout(FixSession session) => _seen.RemoveWhere(order => order.Session == session.Id);

    public override MessageVerdict OnMessage(FixSession session, in FixMessage message) => message.MsgType switch
    {
        MsgTypes.NewOrderSingle => OnOrder(session, in message),
        MsgTypes.SecurityDefinition or MsgTypes.QuoteRequest => Echo(session, in message),
        MsgTypes.TradeCaptureReportRequest => MessageVerdict.Accepted,
        MsgTypes.News => OnNews(session, in message),
        MsgTypes.XmlMessage => SendNews(session, Encoding.UTF8.GetBytes($"Successfully received 'n' message with seqNo={message.MsgSeqNum}"), default, default),
        _ => MessageVerdict.UnsupportedType,
    };

    private MessageVerdict OnOrder(FixSession session, in FixMessage order)
    {
        (SessionId, string) id = (session.Id, Encoding.UTF8.GetString(order.Fields.Get(Tags.ClOrdID)));
        if (order.IsPossResend && _seen.Contains(id)) return MessageVerdict.Accepted;
        MessageVerdict verdict = Echo(session, in order);
        if (verdict == MessageVerdict.Accepted) _seen.Add(id);
        return verdict;
    }

    private static MessageVerdict OnNews(FixSession session, in FixMessage news)
    {
        ReadOnlySpan<byte> headline = news.Fields.Get(Tags.Headline);
        if (!headline.StartsWith("echo:"u8)) return MessageVerdict.Accepted;
        return SendNews(session, headline[5..].TrimStart((byte)' '), news.Fields.Get(Tags.MessageEncoding), news.Fields.Get(Tags.EncodedHeadline));
    }

    private static MessageVerdict SendNews(FixSession session, ReadOnlySpan<byte> headline, ReadOnlySpan<byte> encoding, ReadOnlySpan<byte> encodedHeadline)
    {
        FixWriter news = session.Begin(MsgTypes.News, new HeaderExtras { MessageEncoding = encoding });
        news.Text(Tags.Headline, headline);
        if (!encodedHeadline.IsEmpty) news.Text(Tags.EncodedHeadline, encodedHeadline);
        return Sent(session.Send(ref news));
    }

    private MessageVerdict Echo(FixSession session, in FixMessage message)
    {
        FixWriter echo = session.Begin(message.MsgType, HeaderExtras.Of(in message));
        if (_orders.TryGetValue(session.Id, out CanonicalOrder? order)) order.CopyBody(in message, ref echo);
        else CopyAsItCame(in message, ref echo);
        return Sent(session.Send(ref echo));
    }

    private static void CopyAsItCame(in FixMessage message, ref FixWriter echo)
    {
        for (int i = 0; i < message.Fields.Count; i++)
        {
            int tag = message.Fields.TagAt(i);
            if (!StandardTags.IsHeader(tag) && !StandardTags.IsTrailer(tag)) echo.Raw(message.Fields.RawAt(i));
        }
    }

    // Where the answer finds no room the question waits, and with it whoever asked.
    private static MessageVerdict Sent(SendStatus status) => status == SendStatus.OutputFull ? MessageVerdict.Busy : MessageVerdict.Accepted;
}

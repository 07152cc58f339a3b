using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// Everything that trades over FIX with one broker: signs its logons and hands each session's messages to the order side or the market data
/// side. The FIX thread only.
/// </summary>
/// <param name="orders">The order side; null for market data only.</param>
/// <param name="orderSession">The session of the order side.</param>
/// <param name="feed">The market data side; null for orders only.</param>
/// <param name="feedSession">The session of the market data side; may be the order session.</param>
/// <param name="signer">Null where logons carry only user name and password.</param>
public sealed class FixTrading(FixOrders? orders, SessionId? orderSession, FixMarketData? feed, SessionId? feedSession, LogonSigner? signer = null)
    : FixApplication
{
    public override void WriteLogon(FixSession session, ref FixWriter logon) => signer?.Write(ref logon, session.Settings);

    public override void OnLogon(FixSession session)
    {
        if (IsOrders(session)) orders!.OnLogon(session);
        if (IsFeed(session)) feed!.OnLogon(session);
    }

    public override void OnLogout(FixSession session)
    {
        if (IsOrders(session)) orders!.OnLogout(session);
        if (IsFeed(session)) feed!.OnLogout(session);
    }

    public override MessageVerdict OnMessage(FixSession session, in FixMessage message)
    {
        if (IsFeed(session) && FixMarketData.Takes(message.MsgType)) return feed!.OnMessage(session, in message);
        return IsOrders(session) ? orders!.OnMessage(session, in message) : MessageVerdict.UnsupportedType;
    }

    public override void OnSessionMessage(FixSession session, in FixMessage message)
    {
        if (IsOrders(session)) orders!.OnSessionMessage(session, in message);
    }

    /// <summary>Neither an order nor a request for data is sent a second time.</summary>
    public override bool MayResend(FixSession session, in FixMessage message) => false;

    public override int DoWork(Timestamp now) => (orders?.DoWork(now) ?? 0) + (feed?.DoWork(now) ?? 0);

    private bool IsOrders(FixSession session) => orders is not null && session.Id == orderSession;

    private bool IsFeed(FixSession session) => feed is not null && session.Id == feedSession;
}

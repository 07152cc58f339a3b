using System.Text;
using MiniTrader.Fix;
using MiniTrader.Model;
using QuickFix;
using MsgType = QuickFix.Fields.MsgType;
using QuickTags = QuickFix.Fields.Tags;
using StringField = QuickFix.Fields.StringField;

namespace MiniTrader.QuickFix;

/// <summary>
/// QuickFIX/n's callbacks and its sending. Callbacks come on QuickFIX/n's threads and only fill the inbox; <see cref="TrySend"/> is our thread's.
/// </summary>
internal sealed class QuickFixApplication(SessionID id, QuickFixInbox inbox, QuickFixOptions options) : IApplication
{
    private readonly SentRequests _sent = new();

    /// <summary>What the message being sent is about; our thread's, like the notes of what was sent.</summary>
    private ClientOrderId _sending;

    /// <summary>Sends a request; false when it did not leave, and then it never will.</summary>
    public bool TrySend(Message message, ClientOrderId order)
    {
        if (Session.LookupSession(id) is not { IsLoggedOn: true }) return false;
        _sending = order;
        return Session.SendToTarget(message, id);
    }

    /// <summary>Which order a sent message was about.</summary>
    public bool TryFindSent(long msgSeqNum, out ClientOrderId order) => _sent.TryFind(msgSeqNum, out order);

    public void OnCreate(SessionID sessionID)
    {
    }

    public void OnLogon(SessionID sessionID) => inbox.PutLogon();

    public void OnLogout(SessionID sessionID) => inbox.PutLogout();

    public void FromApp(Message message, SessionID sessionID) => inbox.PutMessage(QuickFixMessages.Incoming(message));

    public void FromAdmin(Message message, SessionID sessionID)
    {
        if (message.Header.GetString(QuickTags.MsgType) == MsgType.REJECT) inbox.PutMessage(QuickFixMessages.Incoming(message));
    }

    /// <summary>A logon says who we are.</summary>
    public void ToAdmin(Message message, SessionID sessionID)
    {
        if (message.Header.GetString(QuickTags.MsgType) != MsgType.LOGON) return;
        if (options.Username is { } name) message.SetField(new StringField(QuickTags.Username, name));
        if (options.Password is { } password) message.SetField(new StringField(QuickTags.Password, Encoding.UTF8.GetString(password.Bytes())));
    }

    /// <summary>
    /// A request that is to be sent again is stale: QuickFIX/n fills its number as a gap instead. Any other is being sent by our thread, inside
    /// <see cref="TrySend"/>, and its number is known here first.
    /// </summary>
    public void ToApp(Message message, SessionID sessionID)
    {
        if (message.Header.IsSetField(QuickTags.PossDupFlag) && message.Header.GetBoolean(QuickTags.PossDupFlag)) throw new DoNotSend();
        _sent.Note((long)message.Header.GetULong(QuickTags.MsgSeqNum), _sending);
    }
}

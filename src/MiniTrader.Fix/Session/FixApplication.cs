using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>What an application makes of a message that the session has accepted.</summary>
public enum MessageVerdict : byte
{
    Accepted,

    /// <summary>The application has no use for this type: the session answers with a business reject, reason 3.</summary>
    UnsupportedType,

    /// <summary>A field is missing that this application needs: a business reject, reason 5.</summary>
    ConditionallyRequiredFieldMissing,

    /// <summary>The application is not there now: a business reject, reason 4.</summary>
    NotAvailable,

    /// <summary>Not now, such as when the answer would find no room: the same message is brought again, and nothing after it before.</summary>
    Busy,
}

/// <summary>
/// What a user of FIX sessions derives from. All calls come on the thread that drives the session, never two at once; a message is valid until
/// the call returns. Within a call the application may send on any session of that thread.
/// </summary>
/// <remarks>
/// A message is handed over before its number is taken as received, so that a crash between the two delivers it again, marked as a possible
/// duplicate, and never loses it.
/// </remarks>
public abstract class FixApplication
{
    /// <summary>Both logons were exchanged.</summary>
    public virtual void OnLogon(FixSession session)
    {
    }

    /// <summary>The session had been logged on and is no longer, for whatever reason.</summary>
    public virtual void OnLogout(FixSession session)
    {
    }

    /// <summary>
    /// An acceptor asks what session to make for a logon that fits none of its own. It must bear the names of the logon; null, as it is unless
    /// this is overridden, hangs up.
    /// </summary>
    public virtual SessionSettings? Admit(in FixMessage logon) => null;

    /// <summary>An acceptor asks before it answers a logon. A text refuses it: it is sent in a logout, and the connection ends.</summary>
    public virtual string? RefuseLogon(FixSession session, in FixMessage logon) => null;

    /// <summary>Adds fields to a logon about to be sent, such as a signature. The session has written 98, 108, 141, 553, 554, 789 and 1137.</summary>
    public virtual void WriteLogon(FixSession session, ref FixWriter logon)
    {
    }

    /// <summary>A session-level message that was in order, after the session did its part.</summary>
    public virtual void OnSessionMessage(FixSession session, in FixMessage message)
    {
    }

    /// <summary>An application message, in order, each number once.</summary>
    public abstract MessageVerdict OnMessage(FixSession session, in FixMessage message);

    /// <summary>Whether a message sent earlier may be sent again; false fills its number as a gap, as becomes an order that has grown stale. It must not send.</summary>
    public virtual bool MayResend(FixSession session, in FixMessage message) => true;

    /// <summary>Called once in each round of the thread that drives the sessions; the answer is how much there was to do.</summary>
    public virtual int DoWork(Timestamp now) => 0;
}

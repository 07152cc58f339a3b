using QuickFix;

namespace MiniTrader.LoadTests;

/// <summary>An application of QuickFIX/n that only cares for messages of the business.</summary>
internal abstract class QuickFixParty : IApplication
{
    public void ToAdmin(Message message, SessionID sessionID)
    {
    }

    public void FromAdmin(Message message, SessionID sessionID)
    {
    }

    public void ToApp(Message message, SessionID sessionID)
    {
    }

    public abstract void FromApp(Message message, SessionID sessionID);

    public void OnCreate(SessionID sessionID)
    {
    }

    public void OnLogout(SessionID sessionID)
    {
    }

    public virtual void OnLogon(SessionID sessionID)
    {
    }
}

using MiniTrader.Model;

namespace MiniTrader.Fix;

// What happens because time passes: heartbeats, time-outs, the end of the day.
public sealed partial class FixSession
{
    /// <summary>
    /// Does what has become due. To be called often, at least some times a second; a session without a connection wants it too.
    /// </summary>
    public void Advance(Timestamp now)
    {
        Now = now;
        if (!IsConnected)
        {
            if (now >= _window.End) CheckWindow();
            return;
        }

        if (!CheckWindow()) return;
        if (!_hasReceivedLogon || !_hasSentLogon)
        {
            if (now - _connectedAt >= Settings.LogonTimeout * Timestamp.NanosecondsPerSecond) HangUp("No logon came in time");
            return;
        }

        if (!_isEnabled && !_hasSentLogout) SendLogout(_logoutReason, 0);
        if (_hasSentLogout && now - _logoutSentAt >= Settings.LogoutTimeout * Timestamp.NanosecondsPerSecond)
        {
            HangUp("The logout was not answered in time");
            return;
        }

        if (_resendNext != 0) PumpResend();
        if (_heartbeat > 0) KeepAlive(now);
    }

    /// <summary>
    /// Silence of 1.2 heartbeat intervals brings a test request, of 2.4 the end; while a test request is open no heartbeat is sent. The factors
    /// are QuickFIX's allowance for the time that messages travel.
    /// </summary>
    private void KeepAlive(Timestamp now)
    {
        long silence = now - _lastReceived;
        if (silence < _heartbeat && now - _lastSent < _heartbeat) return;
        if (silence >= _heartbeat * 12 / 5)
        {
            if (Settings.SendLogoutBeforeDisconnectFromTimeout) SendLogout("", 0);
            HangUp("Nothing came for 2.4 heartbeat intervals");
        }
        else if (silence >= _heartbeat * 6 / 5 * (_testRequests + 1)) SendTestRequest();
        else if (now - _lastSent >= _heartbeat && _testRequests == 0) SendHeartbeat();
    }

    /// <summary>False: the schedule is closed now, and a connection was given up. In a new window the numbers start from 1.</summary>
    private bool CheckWindow()
    {
        if (_window.Contains(Now) && Store.CreationTime >= _window.Start) return true;
        if (Now >= _window.End) _window = Settings.Schedule.WindowAt(Now);
        bool isOpen = _window.Contains(Now);
        bool isNew = isOpen && Store.CreationTime < _window.Start;
        if (isOpen && !isNew) return true;
        bool wasConnected = IsConnected;
        if (IsLoggedOn) SendLogout("Message received outside of session time", 0);
        if (wasConnected) HangUp("The session's time is over");
        if (isNew) ResetIfOfAnEarlierWindow();
        return isOpen && !wasConnected;
    }

    private void ResetIfOfAnEarlierWindow()
    {
        if (_window.Contains(Now) && Store.CreationTime < _window.Start) ResetStore("A new session by the schedule");
    }
}

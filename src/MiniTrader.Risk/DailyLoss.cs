using System.Runtime.CompilerServices;
using MiniTrader.Model;
using MiniTrader.Portfolio;

namespace MiniTrader.Risk;

/// <summary>
/// The loss of the day, closed and open result and fees: the account's equity when the day began minus its equity now. Beyond
/// the limit it stops the day, and that stays so until the day ends even if the loss grows smaller. The first day begins with
/// the equity that the session starts with. Engine thread only.
/// </summary>
internal sealed class DailyLoss
{
    private readonly Account _account;
    private readonly KillSwitch _killSwitch;
    private readonly DailyLossAction _action;
    private readonly bool _isOn;
    private readonly long _dayStartsAt;
    private Timestamp _dayEnd = Timestamp.MinValue;
    private decimal _equityAtStart;

    public DailyLoss(Account account, RiskLimits limits, KillSwitch killSwitch)
    {
        _account = account;
        _killSwitch = killSwitch;
        _action = limits.DailyLossAction;
        _isOn = limits.MaxDailyLoss is not null;
        Limit = limits.MaxDailyLoss ?? decimal.MaxValue;
        _dayStartsAt = limits.DayStartsAt.Ticks * TimeSpan.NanosecondsPerTick;
        _equityAtStart = account.Snapshot().Equity;
    }

    public decimal Limit { get; }

    /// <summary>The loss when it was last looked at.</summary>
    public decimal LastLoss { get; private set; }

    public bool IsStopped { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnTime(Timestamp now)
    {
        if (now >= _dayEnd && _isOn) BeginDay(now);
    }

    /// <summary>One pass over the account's positions, unless the day is stopped already or there is no limit.</summary>
    public bool IsBeyond()
    {
        if (IsStopped || !_isOn) return IsStopped;
        LastLoss = _equityAtStart - _account.Snapshot().Equity;
        if (LastLoss <= Limit) return false;
        IsStopped = true;
        if (_action == DailyLossAction.Kill) _killSwitch.Engage(KillCause.DailyLoss);
        return true;
    }

    private void BeginDay(Timestamp now)
    {
        if (_dayEnd != Timestamp.MinValue) _equityAtStart = _account.Snapshot().Equity;
        _dayEnd = (now - _dayStartsAt).FloorTo(Timestamp.NanosecondsPerDay) + _dayStartsAt + Timestamp.NanosecondsPerDay;
        IsStopped = false;
    }
}

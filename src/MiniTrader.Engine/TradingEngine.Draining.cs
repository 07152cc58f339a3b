using System.Runtime.CompilerServices;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Strategies;

namespace MiniTrader.Engine;

/// <content>Drain and time: what is due is heard, in the order in which it is due, before the input that comes.</content>
public sealed partial class TradingEngine<TVenue, TRecorder>
{
    private Timestamp NextOwnDue => Timestamp.Min(Timestamp.Min(_timers.NextDue, _carry.NextDue), Timestamp.Min(_nextLossCheck, _nextSample));

    private static Timestamp NextMultiple(Timestamp time, long interval) => time.FloorTo(interval) + interval;

    /// <summary>Time moves on inside a drain; what follows is at another instant.</summary>
    private void MoveTime(Timestamp time)
    {
        if (time <= _time.Now) return;
        _time.Now = time;
        _reactions = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void DrainAndMoveTime(Timestamp due)
    {
        if (due >= _time.NextDue) Advance(due);
        if (due < _time.Now) ThrowOutOfOrder(due);
        _time.Now = due;
        _counters.Events++;
    }

    /// <summary>Drain: everything that is due by <paramref name="time"/>, in the order in which it is due.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Advance(Timestamp time)
    {
        if (time != _lastDrain) _reactions = 0;
        _lastDrain = time;
        while (true)
        {
            Timestamp own = NextOwnDue;
            Timestamp limit = Timestamp.Min(own, time);
            if (_denials.Count > 0 || (_venue.NextDue <= limit && _venue.TryTake(limit, out _report))) React(limit);
            else if (own > time || _isStopRequested) break;
            else FireOwn(own, time);
        }

        _time.NextDue = Timestamp.Min(_venue.NextDue, NextOwnDue);
    }

    /// <summary>Books and passes on one report: a denial of ours that waits, or the one the venue just gave.</summary>
    private void React(Timestamp limit)
    {
        if (++_reactions > MaxReactionsPerInstant) ThrowInCircles(_denials.Count > 0 ? _denials.First : _report);
        if (_denials.Count > 0)
        {
            TellDenial();
            return;
        }

        Timestamp heard = Timestamp.Min(_report.ReceivedTime, limit);
        MoveTime(heard);
        _recorder.OnReport(in _report, _counters.Events);
        _hash.Add(in _report);
        _counters.Reports++;
        if (_report.Kind == ReportKind.Rejected) _counters.Rejected++;
        bool isNews = _ledger.Apply(in _report);
        if (_report.Kind == ReportKind.Fill)
        {
            _counters.Fills++;
            CheckLoss(Now);
        }
        else if (_report.Kind.IsRevision())
        {
            CheckLoss(Now);
        }

        // A cancel that came too late is refused after the order is done: the books need nothing of it, its owner does.
        if (isNews || _report.Kind is ReportKind.CancelRejected or ReportKind.ReplaceRejected) Tell(in _report);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TellDenial()
    {
        _denials.Take(out ExecutionReport denial);
        Tell(in denial);
    }

    private void Tell(in ExecutionReport report)
    {
        int index = report.Strategy.Index;
        if ((_hooks[index] & StrategyHooks.Report) != 0) _strategies[index].OnReport(in report);
        if (report.Kind == ReportKind.Fill && (_hooks[index] & StrategyHooks.Fill) != 0) _strategies[index].OnFill(in report);
        Route(index);
    }

    private void FireOwn(Timestamp due, Timestamp time)
    {
        MoveTime(due);
        if (_timers.TryTake(due, out StrategyId strategy, out TimerTick tick))
        {
            if (++_reactions > MaxReactionsPerInstant) ThrowInCircles(strategy, $"timer {tick.Id}");
            _counters.Timers++;
            _recorder.OnTimer(in tick, strategy, _counters.Events);
            if ((_hooks[strategy.Index] & StrategyHooks.Timer) == 0) return;
            _strategies[strategy.Index].OnTimer(in tick);
            Route(strategy.Index);
        }
        else if (_carry.TryStep(due))
        {
            TellEntries();
        }
        else
        {
            // A silence in which nothing of ours is due changes nothing: it is skipped, and a new day begins with the worth before it ends.
            Timestamp quietUntil = Timestamp.Max(due, Timestamp.Min(time, Timestamp.Min(_venue.NextDue, Timestamp.Min(_timers.NextDue, _carry.NextDue))));
            if (_nextLossCheck <= due)
            {
                CheckLoss(due);
                _risk.OnTime(quietUntil);
                _ledger.Verify(_counters.Events);
                _nextLossCheck = NextMultiple(quietUntil, LossCheckInterval);
            }

            if (_nextSample > due) return;
            Sample(due);
            _nextSample = NextMultiple(quietUntil, _equityInterval);
        }
    }

    private void CheckLoss(Timestamp time)
    {
        _risk.CheckLoss(time);
        FollowKillSwitch(time);
        if (_margin is not null) FollowMargin(time);
    }

    private void Sample(Timestamp time)
    {
        AccountSnapshot snapshot = _ledger.Account.Snapshot();
        _recorder.OnEquity(time, in snapshot, _counters.Events);
        int charted = Math.Min(_ledger.Instruments.Count, MaxMarkedInstruments);
        for (int i = 0; i < charted; i++)
        {
            ref readonly Mark mark = ref _marks[new InstrumentId(i)];
            if (mark.IsKnown) _recorder.OnMark(time, new(i), mark.Value, _counters.Events);
        }
    }

    private void ThrowOutOfOrder(Timestamp due) => throw new InvalidOperationException(
        $"Event {_counters.Events + 1} is due at {due}, before the one ahead of it at {_time.Now}. The feed must give events in the order of their due time.");

    private void ThrowInCircles(in ExecutionReport latest) =>
        ThrowInCircles(latest.Strategy, latest.Reason == ReasonCode.None ? $"{latest.Kind}" : $"{latest.Kind} with the reason {latest.Reason}");

    private void ThrowInCircles(StrategyId strategy, string latest) => throw new InvalidOperationException(
        $"More than {MaxReactionsPerInstant} reports and timers followed from one another at {_time.Now}: a strategy answers each with an order that is answered at the same instant. "
        + $"The latest was for strategy {strategy.Index} ({_strategies[strategy.Index].GetType().Name}): {latest}. It must not answer that at once.");
}

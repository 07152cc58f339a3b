using System.Runtime.CompilerServices;
using MiniTrader.Model;
using MiniTrader.Risk;
using MiniTrader.Strategies;

namespace MiniTrader.Engine;

/// <content>Route: what strategies wrote is judged and sent, or denied; the kill switch cancels what was sent.</content>
public sealed partial class TradingEngine<TVenue, TRecorder>
{
    /// <summary>Route: each command that a strategy wrote is judged and goes to the venue, or is denied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Route(int index)
    {
        OrderDesk desk = _desks[index];
        if (desk.Count != 0) Route(desk);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Route(OrderDesk desk)
    {
        if (!_isFinishing)
        {
            foreach (ref OrderCommand command in desk.Commands)
            {
                command.SentTime = _time.Now;
                Send(in command);
            }

            desk.Clear();
        }
        else
        {
            desk.Discard();
        }

        FollowKillSwitch(_time.Now);

        // What was written made the session due at once; now it is again due when the first of the others is.
        if (_denials.Count == 0) _time.NextDue = Timestamp.Min(_venue.NextDue, NextOwnDue);
    }

    private void Send(in OrderCommand command, bool isForced = false)
    {
        ReasonCode denial = isForced ? ReasonCode.None : _risk.Check(in command, _time.Now);
        if (command.Kind == CommandKind.New)
        {
            _counters.Orders++;
            _ledger.Register(in command);
        }

        if (denial == ReasonCode.None)
        {
            if (_venue.Submit(in command)) _time.Expect(_venue.NextDue);
            else denial = ReasonCode.VenueCapacity;
        }

        _hash.Add(in command);
        _hash.Add((ulong)denial);
        _recorder.OnCommand(in command, denial, _counters.Events);
        if (denial != ReasonCode.None)
        {
            Deny(in command, denial);
        }
        else
        {
            if (command.Kind != CommandKind.New) _counters.Changes++;
            _ledger.OnSent(in command);
        }
    }

    private void Deny(in OrderCommand command, ReasonCode reason)
    {
        _counters.Denied++;
        ExecutionReport report = default;
        report.VenueTime = report.ReceivedTime = _time.Now;
        report.ClientOrderId = command.ClientOrderId;
        report.Instrument = command.Instrument;
        report.Strategy = command.Strategy;
        report.Side = command.Side;
        report.Tag = command.Tag;
        report.Reason = reason;
        report.Kind = command.Kind switch
        {
            CommandKind.New => ReportKind.Denied,
            CommandKind.Replace => ReportKind.ReplaceRejected,
            _ => ReportKind.CancelRejected,
        };

        // The books know at once; the strategy hears it at the next drain, so that no hook runs inside another.
        _hash.Add(in report);
        TellDenied(in command, reason);
        _recorder.OnReport(in report, _counters.Events);
        if (command.Kind == CommandKind.New) _ledger.Apply(in report);
        if (!_denials.TryAdd(in report)) ThrowInCircles(in report);
        _time.Expect(Timestamp.MinValue);
    }

    private void TellDenied(in OrderCommand command, ReasonCode reason)
    {
        // The venue's refusal is no verdict of the gate, whose latest is of another command.
        if (reason < ReasonCode.UnsupportedOrderType) _recorder.OnDenial(in _risk.LastDenial, command.Kind, _counters.Events);
        else _recorder.OnDenial(new Denial(reason, command.Instrument, command.Strategy, command.ClientOrderId, _time.Now, 0m, 0m), command.Kind, _counters.Events);
    }

    /// <param name="now">The session's time, or the clock's where it is ahead.</param>
    private void FollowKillSwitch(Timestamp now)
    {
        if (_risk.KillSwitch.IsEngaged != _killHandled || _uncancelled > 0) OnKillSwitch(now);
    }

    /// <summary>When the kill switch is thrown, everything that works is cancelled; when it is released, it can be thrown again.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OnKillSwitch(Timestamp now)
    {
        bool isEngaged = _risk.KillSwitch.IsEngaged;
        if (isEngaged == _killHandled)
        {
            if (now >= _nextCancelTry) CancelRemaining(now);
            return;
        }

        _killHandled = isEngaged;
        if (isEngaged) CancelEverything(CommandCause.KillSwitch, now);
        else if (_cancelCause == CommandCause.KillSwitch) _uncancelled = 0;
    }

    /// <summary>
    /// Asks the venue to cancel all orders, strategy by strategy. Those whose request it does not take are asked for again after
    /// <see cref="CancelRetryInterval"/>, and only those.
    /// </summary>
    private void CancelEverything(CommandCause cause, Timestamp now)
    {
        _cancelCause = cause;
        _uncancelled = _isFinishing ? 0 : _desks.Length;
        CancelRemaining(now);
    }

    private void CancelRemaining(Timestamp now)
    {
        _nextCancelTry = now + CancelRetryInterval;
        if (_isFinishing) _uncancelled = 0;
        for (bool isTaken = true; isTaken && _uncancelled > 0;)
        {
            OrderCommand command = default;
            command.Kind = CommandKind.CancelAll;
            command.Cause = _cancelCause;
            command.Instrument = InstrumentId.None;
            command.Strategy = new((ushort)(_desks.Length - _uncancelled));
            command.SentTime = Now;
            isTaken = _venue.Submit(in command);
            _hash.Add(in command);
            _hash.Add(isTaken ? 1UL : 0UL);
            _recorder.OnCommand(in command, isTaken ? ReasonCode.None : ReasonCode.VenueCapacity, _counters.Events);
            _time.Expect(_venue.NextDue);
            if (isTaken) _uncancelled--;
        }
    }
}

using MiniTrader.Model;

namespace MiniTrader.Fix;

// Gaps: those in what came, which we ask for, and those in what the other side got, which we fill.
public sealed partial class FixSession
{
    // The resend that is under way: the next number to look at, 0 for none; the last; where an unfilled gap began, 0 for none.
    private long _resendNext;
    private long _resendEnd;
    private long _resendGap;
    private long _resendRequestNumber;

    private void AskForResend(long tooHigh)
    {
        long begin = Store.NextTarget;
        long end = tooHigh - 1;
        long chunkEnd = Settings.MaxMessagesInResendRequest > 0 ? Math.Min(end, begin + Settings.MaxMessagesInResendRequest - 1) : end;
        _asked = new() { Begin = begin, ChunkEnd = chunkEnd, End = end, LastProgress = Now };
        if (_askedFrom == 0 || begin < _askedFrom) _askedFrom = begin;
        SendResendRequest(begin, chunkEnd, tooHigh);
    }

    private void SendResendRequest(long begin, long end, long lastProcessed)
    {
        FixWriter writer = Begin(MsgTypes.ResendRequest, new HeaderExtras { LastMsgSeqNumProcessed = LastProcessed(lastProcessed) });
        writer.Int(Tags.BeginSeqNo, begin);

        // Without chunks all that is missing is asked for, to the last message sent.
        writer.Int(Tags.EndSeqNo, Settings.MaxMessagesInResendRequest > 0 ? end : _isBefore42 ? 999_999 : 0);
        SendSessionMessage(ref writer);
    }

    /// <summary>What was asked for has come up to this number: the request is done, its next chunk is due, or it goes on.</summary>
    private void OnAskedArrived(long upTo, long lastProcessed)
    {
        _asked.LastProgress = Now;
        if (upTo >= _asked.End) _asked = default;
        else if (upTo >= _asked.ChunkEnd)
        {
            long begin = Math.Max(_asked.ChunkEnd, upTo) + 1;
            _asked.ChunkEnd = Math.Min(_asked.End, begin + Settings.MaxMessagesInResendRequest - 1);
            SendResendRequest(begin, _asked.ChunkEnd, lastProcessed);
        }
        else if (upTo >= _asked.Begin) _asked.HasStarted = true;
    }

    /// <summary>Begins to send again what was sent under these numbers. A resend that is still under way goes on, widened.</summary>
    private void StartResend(long begin, long end, long requestNumber)
    {
        end = Math.Min(end, Store.NextSender - 1);
        if (begin > end) return;
        if (_resendNext != 0)
        {
            begin = Math.Min(begin, _resendGap != 0 ? _resendGap : _resendNext);
            end = Math.Max(end, _resendEnd);
        }

        (_resendNext, _resendEnd, _resendGap, _resendRequestNumber) = (begin, end, 0, requestNumber);
        PumpResend();
    }

    private void StopResend() => _resendNext = _resendEnd = _resendGap = 0;

    /// <summary>Sends as much of the resend as the output holds; the rest follows when the socket has taken some.</summary>
    private void PumpResend()
    {
        for (; _resendNext <= _resendEnd; _resendNext++)
        {
            if (!_outbox.HasRoom(_outbox.Scratch.Length + Outbox.SessionReserveBytes)) return;
            if (!TryReadForResend(_resendNext, out FixMessage stored))
            {
                if (_resendGap == 0) _resendGap = _resendNext;
                continue;
            }

            if (_resendGap != 0) SendGapFill(_resendGap, _resendNext);
            _resendGap = 0;
            FixWriter writer = new(_outbox.Scratch, _header.Template);
            SessionHeader.WriteAgain(ref writer, in stored, Now);
            QueueAgain(ref writer);
        }

        if (_resendGap != 0) SendGapFill(_resendGap, _resendEnd + 1);
        StopResend();
    }

    private bool TryReadForResend(long number, out FixMessage stored)
    {
        stored = default;
        return Store.TryGet(number, out ReadOnlySpan<byte> bytes)
            && _storedParser.Parse(bytes, out stored, out _) == ParseStatus.Message
            && (stored.MsgType == MsgTypes.Reject || _application.MayResend(this, in stored));
    }

    private void SendGapFill(long from, long next)
    {
        FixWriter writer = Begin(MsgTypes.SequenceReset, from, isPossDup: true, Now, new HeaderExtras { LastMsgSeqNumProcessed = LastProcessed(_resendRequestNumber) });
        writer.Int(Tags.NewSeqNo, next);
        writer.Bool(Tags.GapFillFlag, true);
        QueueAgain(ref writer);
    }

    private void QueueAgain(ref FixWriter writer)
    {
        ReadOnlySpan<byte> message = writer.End();
        if (message.IsEmpty || !_outbox.HasRoom(message.Length)) HangUp("A stored message cannot be sent again");
        else Queue(message);
    }
}

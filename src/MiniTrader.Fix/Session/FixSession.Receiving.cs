using System.Text;
using MiniTrader.Model;

namespace MiniTrader.Fix;

// What comes in: cut into messages, judged, and handed to what deals with its type.
public sealed partial class FixSession
{
    /// <summary>Which of a message's numbers are refused before it is looked at further.</summary>
    private enum NumberCheck : byte
    {
        None,
        TooLow,
        Both,
    }

    /// <summary>
    /// Takes the whole messages at the front of <paramref name="bytes"/> and answers how many bytes they were; the rest is to be brought again
    /// with what comes after it.
    /// </summary>
    public int Receive(ReadOnlySpan<byte> bytes, Timestamp now)
    {
        Now = now;
        int used = 0;
        if (IsStalled && _held.Count > 0)
        {
            IsStalled = false;
            TakeHeld();
            if (IsStalled) return 0;
        }

        while (IsConnected && used < bytes.Length)
        {
            ParseStatus status = _parser.Parse(bytes[used..], out FixMessage message, out int consumed);
            if (status == ParseStatus.NeedMore) return used;
            used += consumed;
            if (status == ParseStatus.Garbled)
            {
                OnGarbled();
                continue;
            }

            if (!IsStalled) _log?.Incoming(now, message.Bytes);
            IsStalled = false;
            Take(in message, isHeld: false);
            if (IsStalled) return used - consumed;
            if (_held.Count > 0) TakeHeld();
        }

        return IsConnected ? used : bytes.Length;
    }

    /// <summary>The application was busy: what came is to be brought again, though nothing new has come.</summary>
    public bool IsStalled { get; private set; }

    private void OnGarbled()
    {
        GarbledCount++;
        _log?.Event(Now, "Garbled bytes were skipped");
        if (!_hasReceivedLogon) HangUp("The first bytes are no FIX message");
    }

    /// <summary>A gap was closed: what waited behind it is taken as if it came now.</summary>
    private void TakeHeld()
    {
        _held.DropBelow(Store.NextTarget);
        long number = Store.NextTarget;
        while (IsConnected && _held.TryFind(number, out ReadOnlySpan<byte> bytes))
        {
            _parser.Parse(bytes, out FixMessage message, out _);

            // A logon and a resend request were dealt with when they came; only their numbers were open.
            if (message.MsgType is MsgTypes.Logon or MsgTypes.ResendRequest) TakeNumber();
            else Take(in message, isHeld: true);
            if (IsStalled) return;
            _held.Drop(number);
            number = Store.NextTarget;
        }
    }

    private void Take(in FixMessage message, bool isHeld)
    {
        if (!CheckWindow()) return;
        if (!message.BeginString.SequenceEqual(_beginString))
        {
            OnWrongBeginString(in message);
            return;
        }

        ulong type = message.MsgType;
        if (_validator is not null)
        {
            ValidationResult result = _validator.Validate(in message);
            if (!result.IsOk)
            {
                OnInvalid(in message, result);
                return;
            }
        }

        if (message.MsgSeqNum == 0 && type != MsgTypes.SequenceReset)
        {
            OnMissingNumber();
            return;
        }

        switch (type)
        {
            case MsgTypes.Logon:
                OnLogon(in message);
                break;
            case MsgTypes.Logout:
                OnLogout(in message);
                break;
            case var _ when !IsLoggedOn:
                HangUp("A message came before the logon");
                break;
            case MsgTypes.Heartbeat or MsgTypes.Reject:
                if (Verify(in message, NumberCheck.Both, isHeld)) TakeNumber();
                break;
            case MsgTypes.TestRequest:
                OnTestRequest(in message, isHeld);
                break;
            case MsgTypes.SequenceReset:
                OnSequenceReset(in message, isHeld);
                break;
            case MsgTypes.ResendRequest:
                OnResendRequest(in message);
                break;
            default:
                OnApplicationMessage(in message, isHeld);
                break;
        }
    }

    private void OnApplicationMessage(in FixMessage message, bool isHeld)
    {
        if (!Verify(in message, NumberCheck.Both, isHeld)) return;
        long number = message.MsgSeqNum;
        MessageVerdict verdict = _application.OnMessage(this, in message);
        if (verdict == MessageVerdict.Busy)
        {
            IsStalled = IsConnected;
            return;
        }

        if (verdict != MessageVerdict.Accepted && IsConnected) SendBusinessReject(in message, verdict);
        if (Store.NextTarget == number) TakeNumber();
    }

    /// <summary>The checks that every message passes; false means that it was dealt with, and its number was taken where that is right.</summary>
    private bool Verify(in FixMessage message, NumberCheck check, bool isHeld)
    {
        if (!HasOurCompIds(in message))
        {
            SendReject(in message, ValidationResult.Reject(SessionRejectReason.CompIdProblem));
            SendLogout("", 0);
            return false;
        }

        _lastReceived = Now;
        _testRequests = 0;
        long number = message.MsgSeqNum;
        if (check == NumberCheck.Both && number > Store.NextTarget)
        {
            OnTooHigh(in message);
            return false;
        }

        if (check != NumberCheck.None && number < Store.NextTarget && !IsGapFillOfAsked(in message))
        {
            OnTooLow(in message);
            return false;
        }

        if (check != NumberCheck.None && _asked.IsOpen && message.MsgType != MsgTypes.SequenceReset) OnAskedArrived(number, number);

        // What was held came in time, and was checked against the clock of now only because it waited.
        if (!isHeld && !IsTimely(in message))
        {
            SendReject(in message, ValidationResult.Reject(SessionRejectReason.SendingTimeAccuracyProblem));
            SendLogout("", 0);
            return false;
        }

        if (MsgTypes.IsAdmin(message.MsgType)) _application.OnSessionMessage(this, in message);
        return IsConnected;
    }

    private bool HasOurCompIds(in FixMessage message) =>
        !Settings.CheckCompId
        || (message.Fields.Get(Tags.SenderCompID).SequenceEqual(_targetCompId) && message.Fields.Get(Tags.TargetCompID).SequenceEqual(_senderCompId));

    private bool IsTimely(in FixMessage message)
    {
        if (!Settings.CheckLatency) return true;
        FieldStatus status = message.Fields.GetTimestamp(Tags.SendingTime, out Timestamp sent);
        return status is FieldStatus.Ok or FieldStatus.TooPrecise && Math.Abs(Now - sent) <= Settings.MaxLatency * Timestamp.NanosecondsPerSecond;
    }

    private void TakeNumber() => Store.SetNextTarget(Store.NextTarget + 1);

    /// <summary>
    /// A gap fill may start below what is expected: where the message that it starts from was held and has just been taken, the other side
    /// cannot know. It is obeyed as far as it answers what we asked for.
    /// </summary>
    private bool IsGapFillOfAsked(in FixMessage message) =>
        message.MsgType == MsgTypes.SequenceReset && _askedFrom > 0 && message.MsgSeqNum >= _askedFrom;

    private void OnTooLow(in FixMessage message)
    {
        if (!message.IsPossDup)
        {
            string text = $"MsgSeqNum too low, expecting {Store.NextTarget} but received {message.MsgSeqNum}";
            SendLogout(text, 0);
            HangUp(text);
            return;
        }

        if (message.MsgType == MsgTypes.SequenceReset && !Settings.RequiresOrigSendingTime) return;
        FieldStatus origin = message.Fields.GetTimestamp(Tags.OrigSendingTime, out Timestamp original);
        if (origin == FieldStatus.Missing)
        {
            SendReject(in message, ValidationResult.Reject(SessionRejectReason.RequiredTagMissing, Tags.OrigSendingTime));
            return;
        }

        message.Fields.GetTimestamp(Tags.SendingTime, out Timestamp sent);
        if (original <= sent) return;
        SendReject(in message, ValidationResult.Reject(SessionRejectReason.SendingTimeAccuracyProblem));
        SendLogout("", 0);
    }

    private void OnTooHigh(in FixMessage message)
    {
        long number = message.MsgSeqNum;
        _held.Add(number, message.Bytes);

        // Where a part of the resend was garbled, what follows it is too high as well: after a heartbeat interval without progress it is asked for again.
        bool isStuck = _heartbeat > 0 && Now - _asked.LastProgress >= _heartbeat;
        if (_asked.IsOpen && !isStuck)
        {
            if (Settings.CmeEnhancedResend && !_asked.HasStarted) return;
            if (!Settings.SendRedundantResendRequests && number >= _asked.Begin) return;
        }

        AskForResend(number);
    }

    private void OnWrongBeginString(in FixMessage message)
    {
        if (message.MsgType == MsgTypes.Logout && IsLoggedOn) OnLogout(in message);
        else if (!IsLoggedOn) HangUp("The BeginString is not the session's");
        else
        {
            SendLogout($"Incorrect BeginString ({Encoding.Latin1.GetString(message.BeginString)})", 0);
            if (message.MsgSeqNum == Store.NextTarget) TakeNumber();
        }
    }

    private void OnInvalid(in FixMessage message, ValidationResult result)
    {
        if (!IsLoggedOn || message.MsgType == MsgTypes.Logon) HangUp($"The logon is invalid: {result}, tag {result.RefTag}");
        else SendReject(in message, result);
    }

    private void OnMissingNumber()
    {
        if (IsLoggedOn) SendLogout("Received message without MsgSeqNum", 0);
        HangUp("A message came without MsgSeqNum");
    }
}

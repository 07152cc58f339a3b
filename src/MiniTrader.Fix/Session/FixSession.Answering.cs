using MiniTrader.Model;

namespace MiniTrader.Fix;

// Session-level messages: what comes, and what is said to it.
public sealed partial class FixSession
{
    private static ReadOnlySpan<byte> UnsupportedType => "Unsupported Message Type"u8;

    // Before 4.2 there is no business reject, and the reject that stands for it has its own spelling.
    private static ReadOnlySpan<byte> UnsupportedTypeBefore42 => "Unsupported message type"u8;

    private static ReadOnlySpan<byte> NotAvailable => "Application not available"u8;

    private static ReadOnlySpan<byte> ConditionallyRequired => "Conditionally Required Field Missing"u8;

    private void OnLogon(in FixMessage logon)
    {
        bool wasLoggedOn = IsLoggedOn;
        bool isReset = logon.Fields.GetBool(Tags.ResetSeqNumFlag, out bool flag) == FieldStatus.Ok && flag;
        if (wasLoggedOn && !isReset)
        {
            // A second logon in a running session changes nothing; it has a number like any other message.
            if (Verify(in logon, NumberCheck.Both, isHeld: false)) TakeNumber();
            return;
        }

        if (!HasOurCompIds(in logon) || !IsTimely(in logon))
        {
            HangUp("The logon's CompIDs or SendingTime are wrong");
            return;
        }

        if (IsAcceptor && _application.RefuseLogon(this, in logon) is { } refusal)
        {
            SendLogout(refusal, 0);
            HangUp($"The logon was refused: {refusal}");
            return;
        }

        if ((isReset && !_hasSentReset) || (IsAcceptor && Settings.ResetOnLogon)) ResetStore("Reset at logon");
        if (Settings.RefreshOnLogon) Store.Refresh();
        long number = logon.MsgSeqNum;
        if (number < Store.NextTarget)
        {
            if (logon.IsPossDup) HangUp("The logon is a possible duplicate of an earlier one");
            else OnTooLow(in logon);
            return;
        }

        if (!CheckNextExpected(in logon, out long resendFrom)) return;
        _hasReceivedLogon = true;
        _lastReceived = Now;
        _testRequests = 0;
        if ((IsAcceptor || wasLoggedOn) && !AnswerLogon(in logon)) return;
        _hasSentReset = false;
        bool isExpected = number == Store.NextTarget;
        if (isExpected) TakeNumber();
        if (resendFrom > 0) StartResend(resendFrom, Store.NextSender - (IsAcceptor ? 2 : 1), number);
        if (!isExpected) OnLogonTooHigh(in logon);
        if (IsConnected && IsLoggedOn && !wasLoggedOn) _application.OnLogon(this);
    }

    /// <summary>Where both sides say what they expect, nobody needs to ask: what is missing comes on its own. False: hung up.</summary>
    private bool CheckNextExpected(in FixMessage logon, out long resendFrom)
    {
        resendFrom = 0;
        if (!Settings.EnableNextExpectedMsgSeqNum || logon.Fields.GetInt(Tags.NextExpectedMsgSeqNum, out long expected) != FieldStatus.Ok) return true;
        if (expected > Store.NextSender)
        {
            string text = $"Tag 789 (NextExpectedMsgSeqNum) is higher than expected. Expected {Store.NextSender}, Received {expected}";
            SendLogout(text, 0);
            HangUp(text);
            return false;
        }

        if (expected < Store.NextSender && expected > 0) resendFrom = expected;
        return true;
    }

    private void OnLogonTooHigh(in FixMessage logon)
    {
        long number = logon.MsgSeqNum;
        if (Settings.EnableNextExpectedMsgSeqNum && logon.Fields.Has(Tags.NextExpectedMsgSeqNum))
        {
            _held.Add(number, logon.Bytes);
            _askedFrom = Store.NextTarget;
            _asked = new() { Begin = Store.NextTarget, ChunkEnd = number - 1, End = number - 1, LastProgress = Now };
            return;
        }

        OnTooHigh(in logon);
    }

    /// <summary>False: the logon asks for a heartbeat interval that is none, and the connection was given up.</summary>
    private bool AnswerLogon(in FixMessage logon)
    {
        if (logon.Fields.GetInt(Tags.HeartBtInt, out long seconds) != FieldStatus.Ok || seconds is < 0 or > 86_400)
        {
            HangUp("The logon's HeartBtInt is no number of seconds");
            return false;
        }

        _heartbeat = seconds * Timestamp.NanosecondsPerSecond;
        FixWriter writer = Begin(MsgTypes.Logon, new HeaderExtras { LastMsgSeqNumProcessed = LastProcessed(logon.MsgSeqNum) });
        writer.Int(Tags.EncryptMethod, 0);
        writer.Int(Tags.HeartBtInt, seconds);
        if (Settings.EnableNextExpectedMsgSeqNum) writer.Int(Tags.NextExpectedMsgSeqNum, Store.NextTarget + (logon.MsgSeqNum == Store.NextTarget ? 1 : 0));
        if (_defaultApplVerId.Length > 0) writer.Text(Tags.DefaultApplVerID, _defaultApplVerId);
        _application.WriteLogon(this, ref writer);
        SendSessionMessage(ref writer);
        _hasSentLogon = IsConnected;
        return IsConnected;
    }

    private void SendLogonRequest()
    {
        if (Settings.RefreshOnLogon) Store.Refresh();
        if (Settings.ResetOnLogon) ResetStore("Reset at logon");
        bool isReset = (Settings.ResetOnLogon || Settings.ResetOnLogout || Settings.ResetOnDisconnect) && Store.NextSender == 1 && Store.NextTarget == 1
            && Settings.Id.BeginString != "FIX.4.0";
        FixWriter writer = Begin(MsgTypes.Logon);
        writer.Int(Tags.EncryptMethod, 0);
        writer.Int(Tags.HeartBtInt, Settings.HeartBtInt);
        if (isReset) writer.Bool(Tags.ResetSeqNumFlag, true);
        if (Settings.Username is { } username) writer.Text(Tags.Username, username.Reveal());
        if (Settings.Password is { } password) writer.Text(Tags.Password, password.Reveal());
        if (Settings.EnableNextExpectedMsgSeqNum) writer.Int(Tags.NextExpectedMsgSeqNum, Store.NextTarget);
        if (_defaultApplVerId.Length > 0) writer.Text(Tags.DefaultApplVerID, _defaultApplVerId);
        _application.WriteLogon(this, ref writer);
        SendSessionMessage(ref writer);
        _hasSentLogon = IsConnected;
        _hasSentReset = isReset;
    }

    /// <summary>A logout is believed whatever its number; a gap before it is found at the next logon.</summary>
    private void OnLogout(in FixMessage logout)
    {
        if (!HasOurCompIds(in logout))
        {
            HangUp("A logout's CompIDs are wrong");
            return;
        }

        long number = logout.MsgSeqNum;
        if (number == Store.NextTarget) TakeNumber();
        if (!IsLoggedOn)
        {
            HangUp("The logon was answered with a logout: " + System.Text.Encoding.UTF8.GetString(logout.Fields.Get(Tags.Text)));
            return;
        }

        _application.OnSessionMessage(this, in logout);
        bool isAnswer = _hasSentLogout;
        if (!isAnswer) SendLogout("", number);
        bool startsOver = Settings.CmeEnhancedResend && !isAnswer && logout.Fields.GetInt(Tags.NextExpectedMsgSeqNum, out long expected) == FieldStatus.Ok && expected == 1;
        HangUp(isAnswer ? "The logout was answered" : "The other side logged out");
        if (Settings.ResetOnLogout) ResetStore("ResetOnLogout");
        else if (startsOver) ResetWhatWeSend();
    }

    private void ResetWhatWeSend()
    {
        long target = Store.NextTarget;
        ResetStore("The other side expects us to start from 1");
        Store.SetNextTarget(target);
    }

    private void OnTestRequest(in FixMessage request, bool isHeld)
    {
        if (!Verify(in request, NumberCheck.Both, isHeld)) return;
        FixWriter writer = Begin(MsgTypes.Heartbeat, new HeaderExtras { LastMsgSeqNumProcessed = LastProcessed(request.MsgSeqNum) });
        ReadOnlySpan<byte> id = request.Fields.Get(Tags.TestReqID);
        if (!id.IsEmpty) writer.Text(Tags.TestReqID, id);
        SendSessionMessage(ref writer);
        TakeNumber();
    }

    private void OnSequenceReset(in FixMessage reset, bool isHeld)
    {
        bool isGapFill = reset.Fields.GetBool(Tags.GapFillFlag, out bool flag) == FieldStatus.Ok && flag;
        FieldStatus status = reset.Fields.GetInt(Tags.NewSeqNo, out long next);
        if (status != FieldStatus.Ok)
        {
            SendReject(in reset, ValidationResult.Reject(status == FieldStatus.Missing ? SessionRejectReason.RequiredTagMissing : SessionRejectReason.IncorrectDataFormat, Tags.NewSeqNo));
            return;
        }

        bool isOld = isGapFill && reset.IsPossDup && reset.MsgSeqNum < Store.NextTarget;
        if (next < Store.NextTarget && !isOld)
        {
            SendReject(in reset, ValidationResult.Reject(SessionRejectReason.ValueIsIncorrect));
            return;
        }

        if (!Verify(in reset, isGapFill ? NumberCheck.Both : NumberCheck.None, isHeld) || next < Store.NextTarget) return;
        if (_asked.IsOpen && Settings.CmeEnhancedResend && !_asked.IsLastChunk) next = Math.Min(next, _asked.ChunkEnd + 1);
        if (next > Store.NextTarget) Store.SetNextTarget(next);
        if (_asked.IsOpen) OnAskedArrived(next - 1, reset.MsgSeqNum);
    }

    private void OnResendRequest(in FixMessage request)
    {
        if (!Verify(in request, NumberCheck.None, isHeld: false)) return;
        long number = request.MsgSeqNum;
        if (!request.Fields.Has(Tags.BeginSeqNo) || !request.Fields.Has(Tags.EndSeqNo))
        {
            SendReject(in request, ValidationResult.Reject(SessionRejectReason.RequiredTagMissing, request.Fields.Has(Tags.BeginSeqNo) ? Tags.EndSeqNo : Tags.BeginSeqNo));
            return;
        }

        bool isWellFormed = request.Fields.GetInt(Tags.BeginSeqNo, out long begin) == FieldStatus.Ok & request.Fields.GetInt(Tags.EndSeqNo, out long end) == FieldStatus.Ok;
        if (!isWellFormed || begin < 1 || end < 0)
        {
            SendReject(in request, ValidationResult.Reject(SessionRejectReason.ValueIsIncorrect, Tags.BeginSeqNo));
            return;
        }

        if (number == Store.NextTarget) TakeNumber();
        else if (number > Store.NextTarget) _held.Add(number, request.Bytes);
        if (Settings.IgnorePossDupResendRequests && request.IsPossDup) return;
        bool isToTheEnd = (end == 0 && !_isBefore42) || (end == 999_999 && (_isBefore42 || _is42)) || end == 0 || end >= Store.NextSender;
        StartResend(begin, isToTheEnd ? Store.NextSender - 1 : end, number);
    }

    private void SendHeartbeat()
    {
        FixWriter writer = Begin(MsgTypes.Heartbeat);
        SendSessionMessage(ref writer);
    }

    private void SendTestRequest()
    {
        FixWriter writer = Begin(MsgTypes.TestRequest);
        writer.Text(Tags.TestReqID, "TEST"u8);
        SendSessionMessage(ref writer);
        _testRequests++;
    }

    private void SendLogout(string text, long lastProcessed)
    {
        if (!IsConnected) return;
        FixWriter writer = Begin(MsgTypes.Logout, new HeaderExtras { LastMsgSeqNumProcessed = LastProcessed(lastProcessed) });
        if (text.Length > 0) writer.Text(Tags.Text, text);
        SendSessionMessage(ref writer);
        _hasSentLogout = true;
        _logoutSentAt = Now;
    }

    /// <summary>Refuses a message at session level; its number is taken, unless it is none that can be.</summary>
    private void SendReject(in FixMessage message, ValidationResult result)
    {
        ulong type = message.MsgType;
        HeaderExtras route = HeaderExtras.ReverseRoute(in message);
        if (_is40) route.OnBehalfOfLocationId = route.DeliverToLocationId = default;
        FixWriter writer = Begin(MsgTypes.Reject, in route);
        bool hasNumber = message.Fields.GetInt(Tags.MsgSeqNum, out long number) == FieldStatus.Ok;
        if (hasNumber) writer.Int(Tags.RefSeqNum, number);
        Span<byte> text = stackalloc byte[ValidationResult.TextBytesMax + 16];
        int length = result.WriteText(text);
        bool isBadType = result.Reason == SessionRejectReason.InvalidMsgType;
        bool namesTag = isBadType ? _is42 : result.HasRefTag;
        if (_isBefore42 && namesTag)
        {
            System.Text.Unicode.Utf8.TryWrite(text[length..], System.Globalization.CultureInfo.InvariantCulture, $" ({result.RefTag})", out int more);
            length += more;
        }

        writer.Text(Tags.Text, text[..length]);
        if (!_isBefore42)
        {
            if (namesTag) writer.Int(Tags.RefTagID, isBadType ? Tags.MsgType : result.RefTag);
            if (!message.MsgTypeText.IsEmpty) writer.Text(Tags.RefMsgType, message.MsgTypeText);
            if (!_is42 || result.Reason <= SessionRejectReason.InvalidMsgType) writer.Int(Tags.SessionRejectReason, (int)result.Reason);
        }

        if (type is not (MsgTypes.Logon or MsgTypes.SequenceReset) && number == Store.NextTarget) TakeNumber();
        SendSessionMessage(ref writer, Settings.ResendSessionLevelRejects);
    }

    private void SendBusinessReject(in FixMessage message, MessageVerdict verdict)
    {
        ReadOnlySpan<byte> text = verdict switch
        {
            MessageVerdict.NotAvailable => NotAvailable,
            MessageVerdict.ConditionallyRequiredFieldMissing => ConditionallyRequired,
            _ => _isBefore42 ? UnsupportedTypeBefore42 : UnsupportedType,
        };
        int reason = verdict switch
        {
            MessageVerdict.NotAvailable => 4,
            MessageVerdict.ConditionallyRequiredFieldMissing => 5,
            _ => 3,
        };
        FixWriter writer = Begin(_isBefore42 ? MsgTypes.Reject : MsgTypes.BusinessMessageReject);
        writer.Int(Tags.RefSeqNum, message.MsgSeqNum);
        writer.Text(Tags.Text, text);
        if (!_isBefore42)
        {
            writer.Text(Tags.RefMsgType, message.MsgTypeText);
            writer.Int(Tags.BusinessRejectReason, reason);
        }

        SendSessionMessage(ref writer, isKept: true);
    }

    private long LastProcessed(long number) => Settings.EnableLastMsgSeqNumProcessed ? number : 0;
}

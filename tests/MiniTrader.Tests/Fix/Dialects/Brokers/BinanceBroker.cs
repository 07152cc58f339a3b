using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MiniTrader.Fix;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace MiniTrader.Tests.Fix.Brokers;

/// <summary>
/// Binance spot by "FIX API" (developers.binance.com/docs/binance-spot-api-docs/fix-api). It has the client's public key and checks the signature with it. Its logon
/// answer lacks ResetSeqNumFlag, a report always has LastQty, a rejection no ExecID, and there is no AvgPx.
/// </summary>
internal sealed partial class BinanceBroker : BrokerRules
{
    private static readonly byte[] _seed = [.. Enumerable.Range(1, Ed25519.SecretKeySize).Select(i => (byte)i)];
    private static readonly byte[] _publicKey = new Ed25519PrivateKeyParameters(_seed).GeneratePublicKey().GetEncoded();

    public override FixDialect Dialect => FixDialects.Binance;

    public override string WireName => "BTCUSDT";

    public override string Currency => "USDT";

    public override string Secret => Convert.ToBase64String(_seed);

    public override string WrongSecret { get; } = Convert.ToBase64String([.. Enumerable.Range(2, Ed25519.SecretKeySize).Select(i => (byte)i)]);

    public override string Settings => """
        BeginString=FIX.4.4
        SenderCompID=TRADER1
        TargetCompID=SPOT
        HeartBtInt=30
        ResetOnLogon=Y
        TimeStampPrecision=Microsecond
        Username=secret:api-key-of-binance

        """;

    public override IReadOnlyList<(string Change, string Reason)> RefusedSettings { get; } =
    [
        ("TargetCompID=OTHER", "TargetCompID"), ("SenderCompID=MYTRADER1", "SenderCompID"), ("HeartBtInt=61", "HeartBtInt"), ("ResetOnLogon=N", "141"),
        ("Username=secret:other-key", "API key"), ("TimeStampPrecision=Nanosecond", "SendingTime"),
    ];

    public override IReadOnlyDictionary<string, MessageRule> Messages { get; } = new Dictionary<string, MessageRule>
    {
        ["A"] = new("98 108 95 96 141 553 25035", "25036 9406"),
        ["0"] = new("", "112"),
        ["1"] = new("112"),
        ["5"] = new("", "58"),
        ["D"] = new("11 40 54 55", "38 18 44 59 111 152 847 7940 25001 1100 1101 1102 1107 1109 25009 25032"),
        ["F"] = new("11 55", "41 37 66 25015 25002"),
    };

    public override string AnswerLogon(BrokerMessage logon) => $"98=0|108={logon[108]}|25037=4392a152-3481-4499-921a-6d42c50702e2|";

    public override string Accepted(BrokerOrder order) => Report(order, '0', order.Name, 0, $"17={NextExecution()}|636=Y|");

    public override string Filled(BrokerOrder order, decimal quantity, decimal price)
    {
        order.Fill(quantity, price);
        string fees = $"136=1|137={Text(quantity * price / 1000)}|138=USDT|139=4|";
        return Report(order, 'F', order.Name, quantity, $"17={NextExecution()}|31={Text(price)}|1003=77|1057=Y|{fees}");
    }

    public override string Cancelled(BrokerOrder order, BrokerMessage? request) =>
        Report(order, '4', request?[11] ?? order.Name, 0, $"17={NextExecution()}|41={order.Name}|", '4', leaves: 0);

    public override string Replaced(BrokerOrder order, BrokerMessage request) => throw new NotSupportedException();

    public override string Rejected(BrokerMessage request) =>
        $"35=8|11={request[11]}|14=0.00000000|32=0.00000000|39=8|40={request[40]}|54={request[54]}|55={WireName}|150=8|58=Filter failure: NOTIONAL|25016=-1013|";

    public override string Refused(BrokerOrder order, BrokerMessage request) =>
        $"35=9|11={request[11]}|37={order.OrderId}|41={request[41]}|55={WireName}|58=Unknown order sent.|434=1|25016=-2011|";

    protected override string? JudgeHeader(BrokerMessage message) =>
        Must(message[8] == "FIX.4.4", "BeginString") ?? Must(message[56] == "SPOT", "TargetCompID is required to be SPOT") ?? Must(CompId().IsMatch(message[49]), "SenderCompID has 1 to 8 characters")
            ?? Must(TimeOf(6).IsMatch(message[52]), "SendingTime");

    protected override string? JudgeLogon(BrokerMessage logon)
    {
        if (logon[98] != "0") return "EncryptMethod is required to be 0";
        if (int.Parse(logon[108], CultureInfo.InvariantCulture) is < 5 or > 60) return "HeartBtInt is required to be within [5, 60]";
        if (logon[141] != "Y") return "ResetSeqNumFlag is required to be Y";
        if (logon[553] != "api-key-of-binance") return "unknown API key";
        if (logon[25035] is not ("1" or "2")) return "MessageHandling is 1 or 2";
        if (logon[95] != logon[96].Length.ToString(CultureInfo.InvariantCulture)) return "RawDataLength is wrong";
        byte[] payload = Encoding.ASCII.GetBytes(string.Join('\u0001', logon[35], logon[49], logon[56], logon[34], logon[52]));
        byte[] signature = Convert.FromBase64String(logon[96]);
        return signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature, 0, _publicKey, 0, payload, 0, payload.Length) ? null : "Signature for this request is not valid";
    }

    protected override string? JudgeBody(BrokerMessage message)
    {
        foreach (int tag in (int[])[11, 41])
        {
            if (message.Has(tag) && !OrderName().IsMatch(message[tag])) return $"tag {tag} has a character that is not allowed, or more than 36";
        }

        if (message.Has(55) && message[55] != WireName) return "unknown symbol";
        return message.Type switch
        {
            "D" => OneOf(message, 54, "12") ?? OneOf(message, 40, "1234") ?? JudgeOrder(message),
            "F" => Must(message.Has(37) || message.Has(41), "OrderID or OrigClOrdID is needed"),
            _ => null,
        };
    }

    /// <summary>The table of supported order types, and that of fields required by type.</summary>
    private static string? JudgeOrder(BrokerMessage order)
    {
        bool isMaker = order[18] == "6", isTriggered = order[40] is "3" or "4", hasLimit = order[40] is "2" or "4", saysTime = hasLimit && !isMaker;
        if (!order.Has(38)) return "OrderQty is needed";
        if (hasLimit != order.Has(44)) return "Price belongs to limit orders";
        if (saysTime != order.Has(59)) return "TimeInForce belongs to LIMIT and STOP_LOSS_LIMIT";
        if (isMaker && order[40] != "2") return "ExecInst belongs to LIMIT_MAKER";
        if (!isTriggered) return Must(!order.Has(1102) && !order.Has(1100), "no trigger belongs here");
        string? trigger = Must(order[1100] == "4" && order[1101] == "1" && order[1107] == "2", "a trigger is 1100=4, 1101=1, 1107=2") ?? Must(order.Has(1102), "TriggerPrice is needed");
        return trigger ?? OneOf(order, 1109, "UD") ?? Must(order.Has(1109), "TriggerPriceDirection is needed") ?? OneOf(order, 59, "134");
    }

    private string Report(BrokerOrder order, char type, string name, decimal last, string more, char? status = null, decimal? leaves = null) =>
        $"35=8|11={name}|14={order.Filled:0.00000000}|32={last:0.00000000}|37={order.OrderId}|38={order.Quantity:0.00000000}|39={status ?? order.Status}|{order.Echo(40, 44, 54)}55={WireName}|"
        + $"{order.Echo(59)}60={DateTime.UtcNow:yyyyMMdd-HH:mm:ss.ffffff}|150={type}|151={leaves ?? order.Leaves:0.00000000}|25017={order.Value:0.00000000}|25001=1|"
        + $"25018={DateTime.UtcNow:yyyyMMdd-HH:mm:ss.ffffff}|{more}";

    [GeneratedRegex("^[a-zA-Z0-9-_]{1,8}$")]
    private static partial Regex CompId();

    [GeneratedRegex("^[a-zA-Z0-9-_]{1,36}$")]
    private static partial Regex OrderName();
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MiniTrader.Fix;

namespace MiniTrader.Tests.Fix.Brokers;

/// <summary>
/// Coinbase Exchange by "Exchange FIX order entry messages 5.0" (docs.cdp.coinbase.com/exchange). It keeps the client's secret and computes the signature again. Names of
/// orders and requests are version 4 UUIDs, and fills state their fee as a percentage.
/// </summary>
internal sealed partial class CoinbaseBroker : BrokerRules
{
    private const string Passphrase = "coinbase-passphrase";
    private static readonly byte[] _secret = Encoding.ASCII.GetBytes("the secret that belongs to the key");

    public override FixDialect Dialect => FixDialects.Coinbase;

    public override string Secret => Convert.ToBase64String(_secret);

    public override string WrongSecret { get; } = Convert.ToBase64String(Encoding.ASCII.GetBytes("the secret of another key"));

    public override string Settings => $"""
        BeginString=FIXT.1.1
        DefaultApplVerID=FIX.5.0SP2
        SenderCompID=api-key-of-coinbase
        TargetCompID=Coinbase
        HeartBtInt=30
        ResetOnLogon=Y
        Username=api-key-of-coinbase
        Password=secret:{Passphrase}

        """;

    public override IReadOnlyList<(string Change, string Reason)> RefusedSettings { get; } =
    [
        ("TargetCompID=Other", "TargetCompID"), ("HeartBtInt=31", "HeartBtInt"), ("Password=secret:guess", "signature"), ("DefaultApplVerID=FIX.4.4", "DefaultApplVerID"),
        ("Username=another", "Username"), ("TimeStampPrecision=Microsecond", "SendingTime"), ("ResetOnLogon=N", "141"),
    ];

    public override IReadOnlyDictionary<string, MessageRule> Messages { get; } = new Dictionary<string, MessageRule>
    {
        ["A"] = new("141 553 554 95 96 1137", "98 108 8001 8013 9406"),
        ["0"] = new("", "112"),
        ["1"] = new("112"),
        ["5"] = new("", "58"),
        ["D"] = new("11 40 54 55 59", "18 38 1138 152 44 126 99 1109 7928"),
        ["F"] = new("11 37 41 55"),
        ["G"] = new("11 37 41 38 44 55 40"),
        ["H"] = new("11 55 54", "37"),
    };

    public override string AnswerLogon(BrokerMessage logon) => $"98=0|108={logon[108]}|141=Y|1137=9|";

    public override string Accepted(BrokerOrder order) => Report(order, '0', order.Name);

    public override string Filled(BrokerOrder order, decimal quantity, decimal price)
    {
        order.Fill(quantity, price);
        return Report(order, 'F', order.Name, $"31={Text(price)}|32={Text(quantity)}|1003=88|1057=N|136=1|137=0.001|138=USD|139=4|891=2|");
    }

    public override string Cancelled(BrokerOrder order, BrokerMessage? request) =>
        Report(order, '4', request?[11] ?? order.Name, request is null ? "" : $"41={request[41]}|", '4', leaves: 0);

    public override string Replaced(BrokerOrder order, BrokerMessage request)
    {
        (order.Name, order.Quantity, order.Price) = (request[11], decimal.Parse(request[38], CultureInfo.InvariantCulture), request[44]);
        return Report(order, '5', order.Name, $"41={request[41]}|", '5');
    }

    public override string Rejected(BrokerMessage request) =>
        $"35=8|11={request[11]}|37={Guid.NewGuid()}|17={Guid.NewGuid()}|39=8|150=8|55={WireName}|54={request[54]}|103=0|58=Insufficient funds|60={DateTime.UtcNow:yyyyMMdd-HH:mm:ss.fff}|";

    public override string Refused(BrokerOrder order, BrokerMessage request) =>
        $"35=9|11={request[11]}|37={request[37]}|41={request[41]}|58=order not found|39=8|102=1|434={(request.Type == "F" ? 1 : 2)}|";

    public override string Status(BrokerOrder order, BrokerMessage request) => Report(order, 'I', order.Name);

    public override string UnknownOrder(BrokerMessage request) => $"35=j|45={request[34]}|372=H|379={request[11]}|380=1|58=order not found|";

    protected override string? JudgeHeader(BrokerMessage message) =>
        Must(message[8] == "FIXT.1.1", "BeginString") ?? Must(message[56] == "Coinbase", "TargetCompID must be Coinbase") ?? Must(TimeOf(3).IsMatch(message[52]), "SendingTime has exactly three decimals");

    protected override string? JudgeLogon(BrokerMessage logon)
    {
        if (logon.Has(98) && logon[98] != "0") return "EncryptMethod must be 0";
        if (logon.Has(108) && int.Parse(logon[108], CultureInfo.InvariantCulture) > 30) return "HeartBtInt must be at most 30";
        if (logon[34] != "1" || logon[141] is not ("Y" or "N")) return "MsgSeqNum always equals 1 on a logon, and ResetSeqNumFlag is needed";
        if (logon[553] != logon[49]) return "Username is the API key, as is SenderCompID";
        if (logon[1137] != "9") return "DefaultApplVerID must be 9";
        string prehash = string.Join('\u0001', logon[52], logon[35], logon[34], logon[49], logon[56], Passphrase);
        using HMACSHA256 hmac = new(_secret);
        return Must(logon[96] == Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(prehash))), "invalid signature") ?? Must(logon[554] == Passphrase, "invalid passphrase");
    }

    protected override string? JudgeBody(BrokerMessage message)
    {
        if (message.Type is "0" or "1" or "5") return null;
        foreach (int tag in (int[])[11, 41])
        {
            if (message.Has(tag) && !Uuid().IsMatch(message[tag])) return $"tag {tag} is no version 4 UUID: {message[tag]}";
        }

        if (message[55] != WireName) return "unknown symbol";
        return message.Type switch
        {
            "D" => OneOf(message, 54, "12") ?? OneOf(message, 40, "124") ?? OneOf(message, 59, "1346") ?? OneOf(message, 18, "A") ?? Must(message.Has(38), "OrderQty is needed")
                ?? JudgePrices(message, "24", "4") ?? Must(message.Has(126) == (message[59] == "6"), "ExpireTime belongs to GTD") ?? OneOf(message, 1109, "UD"),
            "G" => OneOf(message, 40, "2"),
            _ => null,
        };
    }

    private string Report(BrokerOrder order, char type, string name, string more = "", char? status = null, decimal? leaves = null) =>
        $"35=8|11={name}|37={order.OrderId}|6={Text(order.Average)}|14={Text(order.Filled)}|151={Text(leaves ?? order.Leaves)}|17={Guid.NewGuid()}|39={status ?? order.Status}|150={type}|55={WireName}|"
        + $"{order.Echo(54, 40)}{(order.Price.Length > 0 ? $"44={order.Price}|" : "")}38={Text(order.Quantity)}|60={DateTime.UtcNow:yyyyMMdd-HH:mm:ss.fff}|{order.Echo(59, 99)}{more}";

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
    private static partial Regex Uuid();
}

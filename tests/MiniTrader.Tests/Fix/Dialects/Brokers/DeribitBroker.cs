using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MiniTrader.Fix;

namespace MiniTrader.Tests.Fix.Brokers;

/// <summary>
/// Deribit by "FIX API" (docs.deribit.com/fix-api/production: logon, new order single, order cancel request, order cancel/replace, order mass status request, execution
/// reports, position report). It computes the password's hash again, wants time stamps that rise, answers every order with an order status under a name of its own,
/// and lists positions by symbol within one report.
/// </summary>
internal sealed class DeribitBroker : BrokerRules
{
    private const string AccessSecret = "access-secret-of-deribit";
    private const int NonceBytesMin = 32;
    private long _lastTime;

    public override FixDialect Dialect => FixDialects.Deribit;

    public override string WireName => "BTC-PERPETUAL";

    public override string Secret => AccessSecret;

    public override string WrongSecret => "access-secret-of-somebody";

    public override string Settings => """
        BeginString=FIX.4.4
        SenderCompID=DESK
        TargetCompID=DERIBITSERVER
        HeartBtInt=30
        ResetOnLogon=Y
        Username=secret:client-id-of-deribit

        """;

    public override IReadOnlyList<(string Change, string Reason)> RefusedSettings { get; } = [("TargetCompID=OTHER", "TargetCompID"), ("Username=secret:other", "invalid credentials")];

    public override IReadOnlyDictionary<string, MessageRule> Messages { get; } = new Dictionary<string, MessageRule>
    {
        ["A"] = new("108 96 553 554", "98 141 95 9001 9002 9004 9005 9007"),
        ["0"] = new("", "112"),
        ["1"] = new("112"),
        ["5"] = new("", "58"),
        ["D"] = new("11 54 38 55", "44 62 18 40 59 99 1138 1088 854 5127 100010 9008"),
        ["F"] = new("", "11 41 100010 55 15"),
        ["G"] = new("55 54 38", "11 41 100010 62 15 44 18 40 59 99 1138 1088 854 5127"),
        ["AF"] = new("584 585", "9014 15 55"),
        ["AN"] = new("710", "724 263 15"),
    };

    public override string AnswerLogon(BrokerMessage logon) => $"108={logon[108]}|95={logon[96].Length}|96={logon[96]}|553={logon[553]}|98=0|{(logon.Has(141) ? "141=Y|" : "")}";

    public override string AnswerPositions(BrokerMessage request) =>
        $"35=AP|721=55|710={request[710]}|724=0|728=0|702=2|703=TQ|704=7|705=0|55=ETH-PERPETUAL|854=1|231=1|883=1500|54=1|730=1400|703=TQ|704=30|705=0|55={WireName}|854=1|231=10|883=43000|54=1|730=42000|";

    public override string Accepted(BrokerOrder order) => Report(order, 'I');

    public override string Filled(BrokerOrder order, decimal quantity, decimal price)
    {
        order.Fill(quantity, price);
        return Report(order, 'I');
    }

    /// <summary>The brief report of a cancel that was asked for; an order that ends by itself is told as its last state.</summary>
    public override string Cancelled(BrokerOrder order, BrokerMessage? request) =>
        request is null ? Report(order, 'I', '4') : $"35=8|11={order.OrderId}|41={order.Request[11]}|150=4|39=4|58=success|";

    public override string Replaced(BrokerOrder order, BrokerMessage request)
    {
        (order.Quantity, order.Price) = (decimal.Parse(request[38], CultureInfo.InvariantCulture), request[44]);
        return Report(order, 'I');
    }

    public override string Rejected(BrokerMessage request) => $"35=8|41={request[11]}|39=8|54={request[54]}|150=8|103=3|58=not_enough_funds|38={request[38]}|151=0|14=0|55={WireName}|";

    /// <summary>It repeats the name by which the request named the order.</summary>
    public override string Refused(BrokerOrder order, BrokerMessage request) => $"35=9|39=8|58=order_not_found|{(request.Has(41) ? $"41={request[41]}|" : $"11={request[11]}|")}";

    public override string Status(BrokerOrder order, BrokerMessage request) => Report(order, 'I') + $"584={request[584]}|";

    protected override string? JudgeHeader(BrokerMessage message) => base.JudgeHeader(message) ?? Must(message[56] == "DERIBITSERVER", "TargetCompID is DERIBITSERVER");

    protected override string? JudgeLogon(BrokerMessage logon)
    {
        if (logon[34] != "1") return "numbers start with 1";
        string[] parts = logon[96].Split('.', 2);
        if (parts.Length != 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long time)) return "RawData is a time stamp, a point and a nonce";
        if (Convert.FromBase64String(parts[1]).Length < NonceBytesMin) return "the nonce is too short";
        if (time <= _lastTime || Math.Abs(time - DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()) > 10_000) return "the time stamp is not of now, or does not rise";
        _lastTime = time;
        string password = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(logon[96] + AccessSecret)));
        return Must(logon[553] == "client-id-of-deribit" && logon[554] == password, "invalid credentials");
    }

    protected override string? JudgeBody(BrokerMessage message)
    {
        if (message.Has(55) && message[55] != WireName) return "unknown symbol";
        return message.Type switch
        {
            "D" => OneOf(message, 54, "12") ?? OneOf(message, 40, "12K4S") ?? OneOf(message, 59, "0134") ?? JudgePrices(message, "24", "4S") ?? Must(message[11].Length <= 64, "ClOrdID is too long")
                ?? Must(!message.Has(18) || message[18] is "6" or "6A" or "E" or "6AE" or "6E", $"ExecInst {message[18]} is unknown"),
            "F" => Must(message.Has(41) ? !message.Has(11) : message.Has(11) && message.Has(55), "the order is named by OrigClOrdID, or by ClOrdID with its symbol"),
            "G" => Must(message.Has(41) ^ message.Has(11), "the order is named by OrigClOrdID or ClOrdID") ?? OneOf(message, 54, "12"),
            "AF" => Must(message[585] is "1" or "7", "MassStatusReqType") ?? Must(!message.Has(9014) || message.Has(55), "a search by ClOrdID needs the symbol"),
            _ => null,
        };
    }

    private string Report(BrokerOrder order, char type, char? status = null) =>
        $"35=8|527={NextExecution()}|37={order.OrderId}|11={order.OrderId}|41={order.Request[11]}|39={status ?? order.Status}|{order.Echo(54)}60={DateTime.UtcNow:yyyyMMdd-HH:mm:ss.fff}|12=0|"
        + $"151={Text(order.Leaves)}|14={Text(order.Filled)}|38={Text(order.Quantity)}|{order.Echo(40)}{(order.Price.Length > 0 ? $"44={order.Price}|" : "")}150={type}|103=0|58=success|207=DERIBIT|"
        + $"55={WireName}|854=1|231=10.0000|6={Text(order.Average)}|";
}

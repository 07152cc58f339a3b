using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MiniTrader.EndToEnd.Fix.Cpp;
using MiniTrader.Fix;
using Xunit;

namespace MiniTrader.EndToEnd.Fix;

/// <summary>A session over TLS comes up between sides that trust each other's certificates, and does not where one has no reason to.</summary>
public sealed class TlsTests
{
    [Fact]
    public void Sides_that_trust_each_other_trade()
    {
        using TemporaryFolder folder = new();
        string authority = WriteCertificates(folder, "authority", "server", "client");
        int port = FreePort.Next();
        using TradingParty venue = new(folder, port, isVenue: true, Listen(folder, port, authority));
        using TradingParty client = new(folder, port, isVenue: false, Dial(folder, port, authority));
        client.Await("LOGON");
        client.Order("1", "FILL", 100);
        client.Await("11=1|", "39=2");
    }

    [Fact]
    public void A_certificate_of_an_authority_that_is_not_trusted_is_refused()
    {
        using TemporaryFolder folder = new();
        string authority = WriteCertificates(folder, "authority", "server", "client");
        string stranger = WriteCertificates(folder, "stranger", "other");
        int port = FreePort.Next();
        using TradingParty venue = new(folder, port, isVenue: true, Listen(folder, port, authority));
        using TradingParty client = new(folder, port, isVenue: false, Dial(folder, port, stranger));
        client.Await("LOGOUT");
        string events = File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(folder, "our-log"), "*CLIENT-VENUE.event.log")));
        Assert.Contains("TLS was refused", events, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_client_without_a_certificate_is_served_only_where_none_is_required(bool isRequired)
    {
        using TemporaryFolder folder = new();
        string authority = WriteCertificates(folder, "authority", "server");
        int port = FreePort.Next();
        TransportSettings listen = Listen(folder, port, authority), dial = Dial(folder, port, authority);
        using TradingParty venue = new(folder, port, isVenue: true, listen with { Tls = listen.Tls! with { RequireClientCertificate = isRequired } });
        using TradingParty client = new(folder, port, isVenue: false, dial with { Tls = dial.Tls! with { Certificate = null } });
        client.Await(isRequired ? "LOGOUT" : "LOGON");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_server_under_another_name_is_trusted_only_where_certificates_are_not_checked(bool isChecked)
    {
        using TemporaryFolder folder = new();
        string authority = WriteCertificates(folder, "authority", "server", "client");
        int port = FreePort.Next();
        TransportSettings dial = Dial(folder, port, authority);
        using TradingParty venue = new(folder, port, isVenue: true, Listen(folder, port, authority));
        using TradingParty client = new(folder, port, isVenue: false, dial with { Tls = dial.Tls! with { ServerName = "elsewhere", ValidateCertificates = isChecked } });
        client.Await(isChecked ? "LOGOUT" : "LOGON");
    }

    private static TransportSettings Listen(string folder, int port, string authority) => new()
    {
        Accept = new("127.0.0.1", port),
        Tls = new() { Certificate = Path.Combine(folder, "server.pem"), CaCertificate = authority, CheckRevocation = false },
    };

    private static TransportSettings Dial(string folder, int port, string authority) => new()
    {
        Connect = [new("127.0.0.1", port)],
        ReconnectInterval = 1,
        Tls = new() { Certificate = Path.Combine(folder, "client.pem"), CaCertificate = authority, CheckRevocation = false, ServerName = "server" },
    };

    /// <summary>Writes an authority's certificate, and certificates with keys that it has signed; the answer is the authority's file.</summary>
    private static string WriteCertificates(string folder, string authority, params string[] names)
    {
        using RSA authorityKey = RSA.Create(2048);
        CertificateRequest request = new($"CN={authority}", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using X509Certificate2 root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        byte serial = 1;
        foreach (string name in names)
        {
            using RSA key = RSA.Create(2048);
            CertificateRequest leaf = new($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            SubjectAlternativeNameBuilder alternative = new();
            alternative.AddDnsName(name);
            leaf.CertificateExtensions.Add(alternative.Build());
            using X509Certificate2 signed = leaf.Create(root, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), [serial++]);
            File.WriteAllText(Path.Combine(folder, name + ".pem"), signed.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        }

        string file = Path.Combine(folder, authority + ".pem");
        File.WriteAllText(file, root.ExportCertificatePem());
        return file;
    }
}

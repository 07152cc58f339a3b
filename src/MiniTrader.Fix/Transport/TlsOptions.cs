using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MiniTrader.Fix;

/// <summary>The framework's TLS options from a session's settings. Cold code.</summary>
internal static class TlsOptions
{
    public static SslClientAuthenticationOptions Client(TlsSettings tls, string host)
    {
        SslClientAuthenticationOptions options = new()
        {
            TargetHost = tls.ServerName ?? host,
            EnabledSslProtocols = tls.Protocols,
            CertificateRevocationCheckMode = tls.CheckRevocation && tls.ValidateCertificates ? X509RevocationMode.Online : X509RevocationMode.NoCheck,
            CertificateChainPolicy = Trust(tls),
        };
        if (tls.Certificate is not null) options.ClientCertificates = [Load(tls)];
#pragma warning disable CA5359 // Only where the settings say SSLValidateCertificates=N.
        if (!tls.ValidateCertificates) options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        return options;
    }

    public static SslServerAuthenticationOptions Server(TlsSettings tls)
    {
        SslServerAuthenticationOptions options = new()
        {
            ServerCertificate = Load(tls),
            ClientCertificateRequired = tls.RequireClientCertificate,
            EnabledSslProtocols = tls.Protocols,
            CertificateRevocationCheckMode = tls.CheckRevocation && tls.ValidateCertificates ? X509RevocationMode.Online : X509RevocationMode.NoCheck,
            CertificateChainPolicy = Trust(tls),
        };
#pragma warning disable CA5359 // Only where the settings say so; a client's certificate that is not required is not looked at.
        if (!tls.ValidateCertificates || !tls.RequireClientCertificate) options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        return options;
    }

    /// <summary>The certificate with its key, from PKCS#12 or PEM (certificate and key in one file).</summary>
    public static X509Certificate2 Load(TlsSettings tls)
    {
        string path = tls.Certificate ?? throw new FixSettingsException("SSLEnable=Y on an acceptor needs SSLCertificate.");
        string? password = tls.CertificatePassword?.Reveal();
        if (!File.ReadAllText(path).Contains("-----BEGIN", StringComparison.Ordinal)) return X509CertificateLoader.LoadPkcs12FromFile(path, password);
        using X509Certificate2 pem = password is null ? X509Certificate2.CreateFromPemFile(path) : X509Certificate2.CreateFromEncryptedPemFile(path, password);

        // The platform's TLS wants a key that it can export.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private static X509ChainPolicy? Trust(TlsSettings tls)
    {
        if (tls.CaCertificate is null) return null;
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = tls.CheckRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck };
        if (File.ReadAllText(tls.CaCertificate).Contains("-----BEGIN", StringComparison.Ordinal)) policy.CustomTrustStore.ImportFromPemFile(tls.CaCertificate);
        else policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(tls.CaCertificate));
        return policy;
    }
}

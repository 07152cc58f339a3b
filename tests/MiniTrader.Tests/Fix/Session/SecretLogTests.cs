using System.Diagnostics;
using System.Text;
using MiniTrader.Fix;
using Xunit;

namespace MiniTrader.Tests.Fix;

/// <summary>A logon with every kind of secret, over a socket, both sides with logs and stores in files: no file holds one of them.</summary>
public sealed class SecretLogTests
{
    private const string Password = "hunter2-and-more";
    private const string Signature = "c2lnbmF0dXJl\u0001with=a=delimiter";

    [Fact]
    public void Neither_the_logs_nor_the_stores_of_either_side_hold_a_secret()
    {
        string folder = Directory.CreateTempSubdirectory("minitrader-secrets-").FullName;
        try
        {
            SessionSettings venue = new()
            {
                Id = new() { BeginString = "FIX.4.4", SenderCompId = "VENUE", TargetCompId = "CLIENT" },
                ConnectionType = ConnectionType.Acceptor,
                FileLogPath = Path.Combine(folder, "log"),
                FileStorePath = Path.Combine(folder, "store"),
                Transport = new() { Accept = new("127.0.0.1", 0) },
            };
            using (FixEngine acceptor = new([venue], new Listener()))
            {
                SessionSettings client = venue with
                {
                    Id = new() { BeginString = "FIX.4.4", SenderCompId = "CLIENT", TargetCompId = "VENUE" },
                    ConnectionType = ConnectionType.Initiator,
                    Username = new("somebody"),
                    Password = new(Password),
                    Transport = new() { Connect = [new("127.0.0.1", acceptor.Ports[0])], ReconnectInterval = 1 },
                };
                using FixEngine initiator = new([client], new Signer());
                long start = Stopwatch.GetTimestamp();
                while (!initiator.Sessions[0].IsLoggedOn)
                {
                    initiator.DoWork();
                    acceptor.DoWork();
                    Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds < 60, initiator.Sessions[0].LastHangUpReason);
                }

                Assert.DoesNotContain(Password, $"{client} {initiator.Sessions[0].Settings}", StringComparison.Ordinal);
            }

            string[] files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
            string all = string.Concat(files.Select(f => Encoding.Latin1.GetString(File.ReadAllBytes(f))));
            Assert.True(files.Length >= 4, string.Join(' ', files));
            Assert.Contains("553=somebody", all, StringComparison.Ordinal);
            Assert.Contains("554=***", all, StringComparison.Ordinal);
            Assert.Contains("96=***", all, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", all, StringComparison.Ordinal);
            Assert.DoesNotContain("c2lnbmF0dXJl", all, StringComparison.Ordinal);
            Assert.DoesNotContain("with=a=delimiter", all, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private class Listener : FixApplication
    {
        public override MessageVerdict OnMessage(FixSession session, in FixMessage message) => MessageVerdict.Accepted;
    }

    private sealed class Signer : Listener
    {
        public override void WriteLogon(FixSession session, ref FixWriter logon) => logon.Data(Tags.RawDataLength, Tags.RawData, Encoding.ASCII.GetBytes(Signature));
    }
}

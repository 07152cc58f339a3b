using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>Databento's publisher ids as venues: the id is a place in the list, from 1.</summary>
internal static class DbnVenues
{
    private const string Publishers =
        "GLBX XNAS XBOS XPSX BATS BATY EDGA EDGX XNYS XCIS XASE XCHI XCIS XCIS MEMX EPRL FINN FINC FINY AMXO XBOX XCBO EMLD EDGO GMNI XISX MCRY XMIO ARCO OPRA MPRL "
        + "XNDQ XBXO C2OX XPHL BATO MXOP IEXG XCHI XCIS IEXG EPRL ARCX XNYS XNYS XNAS XNAS XCHI XCIS IEXG EPRL XNAS XNYS FINN FINY FINC IFEU NDEX DBEQ EQUS SPHR "
        + "XCHI XCIS IEXG EPRL XNAS XNYS FINN FINY FINC BATS BATY EDGA EDGX XBOS XPSX MEMX XASE ARCX LTSE XNAS FINN FINC XOFF XOFF XBOS XPSX XBOS XPSX EQUS XCIS "
        + "XNYS EQUS EQUS EQUS EQUS IFUS XOFF IFLL XOFF XEUR XEEE XOFF XOFF XCBF XOFF OCEA";

    private static readonly string[] _venues = Publishers.Split(' ');

    /// <summary>The venue of a publisher; of one that is not in the list, the head of the dataset's name.</summary>
    public static string NameOf(ushort publisher, string dataset)
    {
        if (publisher >= 1 && publisher <= _venues.Length) return _venues[publisher - 1];
        string head = dataset.Split('.')[0];
        return head.Length > 0 ? head : $"PUBLISHER{publisher}";
    }

    /// <summary>What a venue trades, for instruments without a definition.</summary>
    public static AssetClass ClassOf(string venue) => venue switch
    {
        "GLBX" or "IFEU" or "NDEX" or "IFUS" or "IFLL" or "XEUR" or "XEEE" or "XCBF" => AssetClass.Future,
        "AMXO" or "XBOX" or "XCBO" or "EMLD" or "EDGO" or "GMNI" or "XISX" or "MCRY" or "XMIO" or "ARCO" or "OPRA" or "MPRL"
            or "XNDQ" or "XBXO" or "C2OX" or "XPHL" or "BATO" or "MXOP" or "SPHR" => AssetClass.Option,
        _ => AssetClass.Equity,
    };
}

using ChaosHarness.SystemFiles.Forms;
using ChaosHarness.SystemFiles.Yaml;

namespace ChaosHarness.SystemFiles.Sections;

/// <summary>A connection between two components that runs through a proxy.</summary>
internal static class LinkSection
{
    public static readonly Field<string> Name = new("name", Texts.Name, "What it is called. Default: from to to, such as orders to database.");

    public static readonly Field<string> From = new("from", Texts.Name, "The component that connects.") { IsRequired = true };

    public static readonly Field<string> To = new("to", Texts.Name, "The component that is connected to.") { IsRequired = true };

    public static readonly Field<Endpoint> Listen = new("listen", Texts.Endpoint, "Where the one that connects connects to: a proxy that the harness runs for the drill listens there.");

    public static readonly Field<Endpoint> Upstream = new("upstream", Texts.Endpoint, "Where that leads to.");

    public static readonly Field<Uri> Toxiproxy = new("toxiproxy", Texts.Address, "The address of a Toxiproxy server that exists, such as http://127.0.0.1:8474. that has a proxy for this link.");

    public static readonly Field<string> Proxy = new("proxy", Texts.Name, "The name of the proxy on that server. Default: the name of the link.");

    public static readonly Section Section = new("link", "A connection between two components that runs through a proxy, so that it can be cut and slowed.", [Name, From, To, Listen, Upstream, Toxiproxy, Proxy], Check);

    private static void Check(Values values, Mistakes mistakes)
    {
        if (values.Has(Listen) != values.Has(Upstream))
        {
            mistakes.Add(values.PlaceOf(values.Has(Listen) ? Listen : Upstream), $"'{(values.Has(Listen) ? Upstream : Listen).Name}' is missing: a proxy has both.");
        }

        if (!values.Has(Toxiproxy) && !values.Has(Listen) && !values.Has(Upstream))
        {
            mistakes.Add(values.At, "the link runs through no proxy: give it listen and upstream, or the toxiproxy that has it.");
        }

        if (values.Has(Toxiproxy) && values.Has(Listen))
        {
            mistakes.Add(values.PlaceOf(Listen), "'listen' and 'upstream' are for a proxy that the harness runs; the one on toxiproxy has its own.");
        }

        if (values.Has(Proxy) && !values.Has(Toxiproxy))
        {
            mistakes.Add(values.PlaceOf(Proxy), "'proxy' is a name on a Toxiproxy server, and there is no toxiproxy.");
        }
    }
}

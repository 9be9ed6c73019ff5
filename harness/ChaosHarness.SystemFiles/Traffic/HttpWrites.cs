using ChaosHarness.SystemFiles.Forms;
using ChaosHarness.SystemFiles.Sections;
using ChaosHarness.Workloads;

namespace ChaosHarness.SystemFiles.Traffic;

/// <summary>Writes over HTTP as a file describes them.</summary>
internal static class HttpWrites
{
    public static (Workload Workload, IAsyncDisposable? Held) Of(string name, double rate, Values values)
    {
        var post = values.Get(HttpSection.Post);
        var address = (post ?? values.Get(HttpSection.Put))!;
        var writes = new HttpWorkload(name, rate, address)
        {
            Method = post is null ? HttpMethod.Put : HttpMethod.Post,
            MediaType = values.Get(HttpSection.MediaType) ?? "application/json",
            IdMember = values.Get(HttpSection.IdFrom),
            StoredAt = values.Get(HttpSection.ReadBack),
        };
        writes = values.Get(HttpSection.Body) is { } body ? writes.Sending(write => IdText.Fill(body, write.Id)) : writes;
        writes = address.OriginalString.Contains(IdText.Place, StringComparison.Ordinal) ? writes.SentTo(write => new Uri(IdText.Fill(address.OriginalString, write.Id))) : writes;
        if (values.Get(HttpSection.Headers) is not { } headers)
        {
            return (writes, null);
        }

        var client = new HeadedClient(headers);
        return (writes with { Client = client }, client);
    }
}

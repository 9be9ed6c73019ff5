using System.Globalization;
using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.S3;

/// <summary>The conditions of a request: what the object has to be like.</summary>
internal static class Conditions
{
    /// <summary>Whether a reader has the object as it is already.</summary>
    /// <exception cref="AwsErrorException">The object is another one than the reader wants.</exception>
    public static bool AreCurrent(ApiRequest request, StoredObject stored)
    {
        var modified = stored.Modified.AddTicks(-(stored.Modified.Ticks % TimeSpan.TicksPerSecond));
        // A condition on the ETag counts more than one on the time.
        var ifMatch = Matches(request, "If-Match", stored);
        if (ifMatch is false || (ifMatch is null && Time(request, "If-Unmodified-Since") < modified))
        {
            throw Failed();
        }

        return Matches(request, "If-None-Match", stored) ?? Time(request, "If-Modified-Since") >= modified;
    }

    /// <summary>Checks whether an object may be written over what is there, or where nothing is.</summary>
    /// <exception cref="AwsErrorException">It may not.</exception>
    public static void CheckWrite(ApiRequest request, StoredObject? there)
    {
        var isThere = there is { IsDeleteMarker: false };
        if (request.Header("If-None-Match") is { } unwanted)
        {
            if (unwanted != "*")
            {
                throw HonouredMembers.NotImplemented("If-None-Match of PutObject other than *");
            }

            if (isThere)
            {
                throw Failed();
            }
        }

        if (request.Header("If-Match") is not null)
        {
            if (!isThere)
            {
                throw new AwsErrorException("NoSuchKey", "The specified key does not exist.", 404);
            }

            if (Matches(request, "If-Match", there!) is false)
            {
                throw Failed();
            }
        }
    }

    private static bool? Matches(ApiRequest request, string header, StoredObject stored) =>
        request.Header(header) is { } tags ? tags.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag == "*" || tag.Trim('"') == stored.ETag.Trim('"')) : null;

    private static DateTime? Time(ApiRequest request, string header) =>
        DateTime.TryParse(request.Header(header), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static AwsErrorException Failed() => new("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412);
}

using System.Data.Common;
using ChaosHarness.Ledger.Databases;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChaosHarness.Ledger;

/// <summary>
/// Where a ledger is: a file, a connection string of SQLite (<c>Data Source=...</c>), or one of PostgreSQL (<c>Host=...</c>, or <c>postgresql://user:password@host/database</c>).
/// </summary>
public sealed record LedgerAddress
{
    private readonly string _connection;
    private readonly bool _isPostgres;

    private LedgerAddress(string connection, bool isPostgres, string shown)
    {
        _connection = connection;
        _isPostgres = isPostgres;
        Shown = shown;
    }

    /// <summary>Where it is by default, below the folder of the solution.</summary>
    public static string Default { get; } = Path.Combine("artifacts", "history", "ledger.db");

    /// <summary>Whether other machines reach it too: it is no file.</summary>
    public bool IsShared => _isPostgres;

    /// <summary>The address without secrets.</summary>
    public string Shown { get; }

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address; null or blank for <see cref="Default"/>.</param>
    /// <param name="baseFolder">What relative paths are meant from.</param>
    /// <returns>The address.</returns>
    /// <exception cref="LedgerException">It cannot be read.</exception>
    public static LedgerAddress Parse(string? text, string baseFolder)
    {
        var given = string.IsNullOrWhiteSpace(text) ? Default : text.Trim();
        try
        {
            return given switch
            {
                _ when Uri.TryCreate(given, UriKind.Absolute, out var uri) && uri.Scheme is "postgres" or "postgresql" => OfPostgres(FromUri(new Uri(given))),
                _ when Has(given, "Host") || Has(given, "Server") => OfPostgres(new NpgsqlConnectionStringBuilder(given)),
                _ when Has(given, "Data Source") || Has(given, "DataSource") => OfSqlite(new SqliteConnectionStringBuilder(given), baseFolder),
                _ => OfSqlite(new SqliteConnectionStringBuilder { DataSource = given }, baseFolder),
            };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new LedgerException($"The address of the ledger cannot be read. Give a file, or a connection string such as Host=db;Database=ledger;Username=app: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Shown;

    internal ILedgerDatabase Open() => _isPostgres ? new PostgresDatabase(_connection, Shown) : new SqliteDatabase(_connection, Shown);

    private static bool Has(string text, string key) =>
        text.Split(';').Any(part => part.IndexOf('=', StringComparison.Ordinal) is > 0 and var end && part[..end].Trim().Equals(key, StringComparison.OrdinalIgnoreCase));

    private static LedgerAddress OfSqlite(SqliteConnectionStringBuilder builder, string baseFolder)
    {
        var path = Path.GetFullPath(builder.DataSource, baseFolder);
        var hasTimeout = builder.ConnectionString.Contains("Timeout", StringComparison.OrdinalIgnoreCase);
        return new LedgerAddress(new SqliteConnectionStringBuilder(builder.ConnectionString) { DataSource = path, DefaultTimeout = hasTimeout ? builder.DefaultTimeout : SqliteDatabase.Patience }.ConnectionString, false, path);
    }

    private static LedgerAddress OfPostgres(NpgsqlConnectionStringBuilder builder)
    {
        builder.ApplicationName ??= "chaosharness";
        return new LedgerAddress(builder.ConnectionString, true, $"postgresql://{builder.Host}:{builder.Port}/{builder.Database}");
    }

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        var builder = new NpgsqlConnectionStringBuilder { Host = uri.Host, Port = uri.Port > 0 ? uri.Port : NpgsqlConnection.DefaultPort };
        if (uri.AbsolutePath.Trim('/') is { Length: > 0 } database)
        {
            builder.Database = Uri.UnescapeDataString(database);
        }

        if (uri.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var rest])
        {
            builder.Username = Uri.UnescapeDataString(user);
            builder.Password = rest is [var password] ? Uri.UnescapeDataString(password) : null;
        }

        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)))
        {
            ((DbConnectionStringBuilder)builder)[Uri.UnescapeDataString(pair[0])] = pair is [_, var value] ? Uri.UnescapeDataString(value) : "";
        }

        return builder;
    }
}

//! `#[endpoint]`: one operation, from its attribute to constant data and a constructor.

use crate::fields::{Field, argument, doc, optional};
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{
    Ident, ItemStruct, LitInt, LitStr, Token, Type, parenthesized,
    parse::{Parse, ParseStream},
    spanned::Spanned,
};

/// The attribute's arguments; see the table at [`macro@crate::endpoint`].
pub(crate) struct Args {
    method: Ident,
    path: LitStr,
    at: String,
    or: String,
    returns: Option<Type>,
    one_or_many: bool,
    paging: Option<TokenStream>,
    batch: Option<(String, LitInt, Ident)>,
    limit: Option<LitStr>,
    easemob_limit: Option<LitStr>,
    pool: Option<LitStr>,
    safe: Option<bool>,
    auth: Option<Ident>,
    only: Option<Ident>,
    forms: Vec<LitStr>,
    constants: Vec<(Option<Ident>, String, String)>,
    form: bool,
    envelope: Option<Ident>,
    docs: Option<LitStr>,
    users: Vec<Whose>,
}

/// Whose token opens an operation: a role, or the user whom a parameter names.
enum Whose {
    Role(Ident),
    Named(LitStr),
}

impl Parse for Whose {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) { input.parse().map(Self::Named) } else { input.parse().map(Self::Role) }
    }
}

impl Parse for Args {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut args = Self {
            method: input.parse()?,
            path: input.parse()?,
            at: String::new(),
            or: String::new(),
            returns: None,
            one_or_many: false,
            paging: None,
            batch: None,
            limit: None,
            easemob_limit: None,
            pool: None,
            safe: None,
            auth: None,
            only: None,
            forms: Vec::new(),
            constants: Vec::new(),
            form: false,
            envelope: None,
            docs: None,
            users: Vec::new(),
        };
        while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            args.argument(input)?;
        }
        Ok(args)
    }
}

impl Args {
    fn argument(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let key: Ident = input.parse()?;
        match key.to_string().as_str() {
            "data" | "entities" | "result" => self.returns(key.to_string(), input)?,
            "entity" => self.returns("entities[0]".into(), input)?,
            "body" => self.returns(String::new(), input)?,
            "at" => {
                let content;
                parenthesized!(content in input);
                let at = content.parse::<LitStr>()?.value();
                self.returns(at, input)?;
            }
            "or" => {
                let content;
                parenthesized!(content in input);
                self.or = content.parse::<LitStr>()?.value();
            }
            "none" => self.returns = Some(syn::parse_quote!(())),
            "bytes" => self.returns = Some(syn::parse_quote!(::agora_chat_admin::shape::Bytes)),
            "one_or_many" => self.one_or_many = true,
            "cursor" => {
                let content;
                parenthesized!(content in input);
                let (size, _, cursor, _): (Ident, Token![,], Ident, Token![,]) =
                    (content.parse()?, content.parse()?, content.parse()?, content.parse()?);
                let (size, cursor, next) = (size.to_string(), cursor.to_string(), content.parse::<LitStr>()?);
                self.paging = Some(quote!(Some(Paging::Cursor { size: #size, cursor: #cursor, next: #next })));
            }
            "pages" => {
                let content;
                parenthesized!(content in input);
                let (number, _, size, _): (Ident, Token![,], Ident, Token![,]) =
                    (content.parse()?, content.parse()?, content.parse()?, content.parse()?);
                let (number, size, first) = (number.to_string(), size.to_string(), content.parse::<LitInt>()?);
                self.paging = Some(quote!(Some(Paging::Number { number: #number, size: #size, first: #first })));
            }
            "batch" => {
                let content;
                parenthesized!(content in input);
                let field: Ident = content.parse()?;
                content.parse::<Token![,]>()?;
                let max = content.parse()?;
                let told = match content.parse::<Option<Token![,]>>()? {
                    Some(_) => content.parse()?,
                    None => format_ident!("nothing"),
                };
                let told = Ident::new(&pascal(&told.to_string()), told.span());
                self.batch = Some((field.to_string(), max, told));
            }
            "limit" => self.limit = Some(value(input)?),
            "easemob_limit" => self.easemob_limit = Some(value(input)?),
            "pool" => self.pool = Some(value(input)?),
            "safe" => self.safe = Some(true),
            "unsafe_to_repeat" => self.safe = Some(false),
            "auth" => self.auth = Some(value(input)?),
            "only" => self.only = Some(value(input)?),
            "forms" => {
                let content;
                parenthesized!(content in input);
                self.forms = content
                    .parse_terminated(|i: ParseStream<'_>| i.parse::<LitStr>(), Token![,])?
                    .into_iter()
                    .collect();
            }
            "constant" => {
                let content;
                parenthesized!(content in input);
                let mut name: String = word(&content)?;
                let mut place = None;
                if !content.peek(Token![=]) {
                    place = Some(Ident::new(if name == "query" { "Query" } else { "Header" }, key.span()));
                    name = word(&content)?;
                }
                content.parse::<Token![=]>()?;
                self.constants.push((place, name, content.parse::<LitStr>()?.value()));
            }
            "form" => self.form = true,
            "envelope" => self.envelope = Some(value(input)?),
            "docs" => self.docs = Some(value(input)?),
            "users" => {
                let content;
                parenthesized!(content in input);
                self.users = content.parse_terminated(Whose::parse, Token![,])?.into_iter().collect();
            }
            other => return Err(syn::Error::new(key.span(), format!("`{other}` is no argument of `endpoint`"))),
        }
        Ok(())
    }

    fn returns(&mut self, at: String, input: ParseStream<'_>) -> syn::Result<()> {
        self.at = at;
        self.returns = Some(value(input)?);
        Ok(())
    }
}

fn value<T: Parse>(input: ParseStream<'_>) -> syn::Result<T> {
    input.parse::<Token![=]>()?;
    input.parse()
}

/// A wire name: an identifier or a string.
fn word(input: ParseStream<'_>) -> syn::Result<String> {
    if input.peek(LitStr) { Ok(input.parse::<LitStr>()?.value()) } else { Ok(input.parse::<Ident>()?.to_string()) }
}

pub(crate) fn expand(args: Args, mut item: ItemStruct) -> syn::Result<TokenStream> {
    let ident = item.ident.clone();
    let text = doc(&item.attrs);
    if text.is_empty() {
        return Err(syn::Error::new(ident.span(), "every endpoint needs a doc comment"));
    }
    let fields = match &mut item.fields {
        syn::Fields::Named(named) => named.named.iter_mut().map(Field::parse).collect::<syn::Result<Vec<_>>>()?,
        syn::Fields::Unit => {
            item.fields = syn::Fields::Named(syn::parse_quote!({}));
            item.semi_token = None;
            Vec::new()
        }
        syn::Fields::Unnamed(f) => return Err(syn::Error::new(f.span(), "expected named fields")),
    };
    let holes = holes(&args.path)?;
    for hole in &holes {
        if !fields.iter().any(|f| f.wire == *hole) {
            return Err(syn::Error::new(args.path.span(), format!("`{{{hole}}}` has no field of that name")));
        }
    }
    let returns = args.returns.as_ref().ok_or_else(|| {
        syn::Error::new(Span::call_site(), "say what the operation returns: `data = T`, `body = T`, `bytes`, `none` …")
    })?;

    let users = args.users.iter().map(|whose| match whose {
        Whose::Role(role) => {
            let role = Ident::new(&pascal(&role.to_string()), role.span());
            Ok(quote!(Whose::#role))
        }
        // One that may be left out would open the operation to whoever leaves it out.
        Whose::Named(name) if fields.iter().any(|f| f.wire == name.value() && optional(&f.ty).is_none()) => {
            Ok(quote!(Whose::Named(#name)))
        }
        Whose::Named(name) => Err(syn::Error::new(name.span(), format!("`{}` is no required field", name.value()))),
    });
    let users = users.collect::<syn::Result<Vec<_>>>()?;

    let in_query = args.method == "GET" || args.method == "DELETE";
    let place = |f: &Field| match &f.place {
        Some(p) => quote!(Place::#p),
        None if holes.contains(&f.wire) => quote!(Place::Path),
        None if in_query => quote!(Place::Query),
        None => quote!(Place::Body),
    };
    let data = fields.iter().map(|f| f.data(&place(f)));
    let constants = args.constants.iter().map(|(place, name, value)| {
        let place = match place {
            Some(p) => quote!(Place::#p),
            None => quote!(Place::Body),
        };
        let doc = format!("Always `{value}`; the client fills it in.");
        quote! {
            Field {
                name: #name, shape: &Shape::String, constant: Some(#value), required: false, place: #place, easemob: #place,
                about: ::agora_chat_admin::shape::about(
                    &::agora_chat_admin::shape::About { doc: host_only(#doc, ""), limits: Limits::NONE, aliases: &[] },
                    &::agora_chat_admin::shape::About::NONE,
                ),
            }
        }
    });

    let multipart = fields.iter().any(|f| f.place.as_ref().is_some_and(|p| p == "File"));
    let encoding = format_ident!(
        "{}",
        if multipart {
            "Multipart"
        } else if args.form {
            "Form"
        } else {
            "Json"
        }
    );
    let file = fields.iter().find(|f| f.place.as_ref().is_some_and(|p| p == "File")).map(|f| {
        let ident = &f.ident;
        quote!(fn file(&self) -> Option<&::agora_chat_admin::shape::File> { Some(&self.#ident) })
    });
    let (method, path, at, or, many) = (&args.method, &args.path, &args.at, &args.or, args.one_or_many);
    let paging = args.paging.clone().unwrap_or_else(|| quote!(None));
    let bytes = quote!(#returns).to_string().ends_with("Bytes");
    let (response, read, write) = match &args.paging {
        Some(_) => {
            let inner = argument(returns, "Vec").unwrap_or(returns);
            (quote!(::agora_chat_admin::operation::Page<#inner>), quote!(read_page), quote!(write_page))
        }
        None if bytes => (quote!(#returns), quote!(read_bytes), quote!(write_bytes)),
        None if matches!(returns, Type::Tuple(_)) => (quote!(()), quote!(read_none), quote!(write_none)),
        None => (quote!(#returns), quote!(read), quote!(write)),
    };
    let batch = match &args.batch {
        Some((field, max, told)) => quote!(Some(Batch { field: #field, max: #max, told: Told::#told })),
        None => quote!(None),
    };
    let limit = args.limit.as_ref().map_or_else(|| Ok(Vec::new()), rates)?;
    let easemob_limit = args.easemob_limit.as_ref().map_or_else(|| Ok(Vec::new()), rates)?;
    let pool = args.pool.as_ref().map_or_else(String::new, LitStr::value);
    let safe = args.safe.unwrap_or(*method != "POST");
    let auth = format_ident!("{}", if args.auth.as_ref().is_some_and(|a| a == "none") { "None" } else { "App" });
    let only = match &args.only {
        Some(d) => {
            let d = format_ident!("{}", if d == "agora" { "Agora" } else { "Easemob" });
            quote!(Some(Dialect::#d))
        }
        None => quote!(None),
    };
    let forms = args.forms.iter().map(form).collect::<syn::Result<Vec<_>>>()?;
    let envelope = args.envelope.as_ref().map_or_else(|| "Standard".to_owned(), |e| pascal(&e.to_string()));
    let envelope = format_ident!("{envelope}");
    let docs = args.docs.as_ref().map_or_else(|| quote!(DOCS), |d| quote!(#d));
    let name = camel(&ident.to_string());
    let constructor = constructor(&ident, &fields);

    Ok(quote! {
        #[derive(Clone, Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        #[non_exhaustive]
        #item
        #constructor
        const _: () = {
            #[allow(unused_imports)]
            use ::agora_chat_admin::{
                dialect::Dialect,
                operation::{About, Answer, Auth, Batch, Encoding, Endpoint, Envelope, Form, Method, Operation, Paging, Place, Rate, Returns, Told, Whose, answer},
                shape::{Field, Limits, Model, Shape, host_only},
            };
            impl Endpoint for #ident {
                type Response = #response;
                const OPERATION: Operation = Operation {
                    group: GROUP, name: #name, path: #path, forms: &[#(#forms),*], fields: &[#(#data,)* #(#constants,)*],
                    method: Method::#method, encoding: Encoding::#encoding, bytes: #bytes,
                    safe: #safe, auth: Auth::#auth,
                    about: ::agora_chat_admin::shape::about(
                        &About {
                            doc: host_only(#text, ""), docs: host_only(#docs, ""),
                            returns: Returns { at: #at, or: #or, one_or_many: #many, shape: &<#returns as Model>::SHAPE },
                            envelope: Envelope::#envelope, paging: #paging, batch: #batch, rates: &[#(#limit),*], pool: #pool,
                            easemob_rates: &[#(#easemob_limit),*], only: #only, users: &[#(#users),*],
                        },
                        &About::NONE,
                    ),
                };
                fn read(answer: Answer) -> Result<Self::Response, ::serde_json::Error> { answer::#read(answer) }
                fn write(response: Self::Response) -> Result<Answer, ::serde_json::Error> { answer::#write(response) }
                #file
            }
        };
    })
}

/// `new(required…)`, and a setter for each optional field.
fn constructor(ident: &Ident, fields: &[Field]) -> TokenStream {
    let (required, rest): (Vec<_>, Vec<_>) = fields.iter().partition(|f| optional(&f.ty).is_none());
    let params = required.iter().map(|f| {
        let (ident, ty) = (&f.ident, into(&f.ty));
        quote!(#ident: #ty)
    });
    let values = required.iter().map(|f| {
        let (ident, value) = (&f.ident, convert(&f.ident, &f.ty));
        quote!(#ident: #value)
    });
    let absent = rest.iter().map(|f| &f.ident);
    let setters = rest.iter().map(|f| {
        let (ident, docs) = (&f.ident, &f.docs);
        let inner = optional(&f.ty).unwrap_or(&f.ty);
        let (ty, value) = (into(inner), convert(ident, inner));
        quote! {
            #(#docs)*
            #[must_use]
            pub fn #ident(mut self, #ident: #ty) -> Self { self.#ident = Some(#value); self }
        }
    });
    quote! {
        impl #ident {
            /// Starts a request from its required fields.
            #[allow(clippy::new_without_default, clippy::too_many_arguments)]
            pub fn new(#(#params),*) -> Self { Self { #(#values,)* #(#absent: None),* } }
            #(#setters)*
        }
    }
}

/// The parameter type that accepts what callers have at hand.
fn into(ty: &Type) -> TokenStream {
    match argument(ty, "Vec") {
        Some(item) => quote!(impl IntoIterator<Item = impl Into<#item>>),
        None if primitive(ty) => quote!(#ty),
        None => quote!(impl Into<#ty>),
    }
}

fn convert(ident: &Ident, ty: &Type) -> TokenStream {
    match argument(ty, "Vec") {
        Some(_) => quote!(#ident.into_iter().map(Into::into).collect()),
        None if primitive(ty) => quote!(#ident),
        None => quote!(#ident.into()),
    }
}

/// Whether it is a number or a truth: a literal of these has no type of its own that could be converted.
fn primitive(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.get_ident().is_some_and(|i| ["bool", "i32", "i64", "u32", "u64", "f64"].iter().any(|p| i == p))
}

/// The names in braces of a path template.
fn holes(path: &LitStr) -> syn::Result<Vec<String>> {
    let text = path.value();
    if !text.starts_with('/') || text.matches('{').count() != text.matches('}').count() {
        return Err(syn::Error::new(path.span(), "expected a path that starts with `/`, its braces in pairs"));
    }
    Ok(text.split('{').skip(1).filter_map(|s| s.split_once('}').map(|(hole, _)| hole.to_owned())).collect())
}

fn form(text: &LitStr) -> syn::Result<TokenStream> {
    let value = text.value();
    let (method, path) =
        value.split_once(' ').ok_or_else(|| syn::Error::new(text.span(), "expected a method and a path"))?;
    let method = Ident::new(method, text.span());
    Ok(quote!(Form { method: Method::#method, path: #path }))
}

/// `"100/s, 6000 items/min, 1/30min, 100/day"` as rates.
fn rates(text: &LitStr) -> syn::Result<Vec<TokenStream>> {
    let wrong =
        || syn::Error::new(text.span(), "expected rates such as `100/s`, `6000 items/min`, `1/30min`, `100/day`");
    text.value()
        .split(',')
        .map(|rate| {
            let (count, per) = rate.trim().split_once('/').ok_or_else(wrong)?;
            let (count, items) = count.strip_suffix(" items").map_or((count, false), |count| (count, true));
            let count: u32 = count.parse().map_err(|_| wrong())?;
            let digits = per.chars().take_while(char::is_ascii_digit).count();
            let (times, unit) = per.split_at(digits);
            let times: u32 = if times.is_empty() { 1 } else { times.parse().map_err(|_| wrong())? };
            let unit = match unit {
                "s" => 1,
                "min" => 60,
                "h" => 3600,
                "day" => 86_400,
                _ => return Err(wrong()),
            };
            let seconds = times * unit;
            Ok(quote!(Rate { count: #count, seconds: #seconds, items: #items }))
        })
        .collect()
}

/// `RegisterMany` as `registerMany`.
fn camel(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|c| c.to_ascii_lowercase()).into_iter().chain(chars).collect()
}

/// `super_admin` as `SuperAdmin`.
fn pascal(name: &str) -> String {
    name.split('_')
        .flat_map(|word| word.get(..1).map(str::to_ascii_uppercase).into_iter().chain(word.get(1..).map(str::to_owned)))
        .collect()
}
